//! What columns tell of rows, one column after the other: the first one that tells anything counts.

use crate::codes::Part;
use crate::groups::PlaceCode;

/// Something that the text of a column tells of a row.
pub trait Tell: Copy {
    /// For the codes of some rows: puts what their texts tell, by code, in the stead of `open`. Gives how many rows
    /// are still open.
    fn fill(codes: Part<'_>, told: &[Self], open: Self, rows: &mut [Self]) -> usize;
}

// Written out, so that they are compiled here, for speed, and not where they are used.

impl Tell for u8 {
    #[inline(never)]
    fn fill(codes: Part<'_>, told: &[Self], open: Self, rows: &mut [Self]) -> usize {
        fill(codes, told, open, rows)
    }
}

impl Tell for u32 {
    #[inline(never)]
    fn fill(codes: Part<'_>, told: &[Self], open: Self, rows: &mut [Self]) -> usize {
        fill(codes, told, open, rows)
    }
}

impl Tell for PlaceCode {
    #[inline(never)]
    fn fill(codes: Part<'_>, told: &[Self], open: Self, rows: &mut [Self]) -> usize {
        fill(codes, told, open, rows)
    }
}

/// Ends of which something else is said than this do not count.
#[inline(never)]
pub fn leave_out(said: &[u8], counts: u8, places: &mut [PlaceCode]) {
    for (place, said) in places.iter_mut().zip(said) {
        if *said != counts {
            *place = PlaceCode::NOT_COUNTED;
        }
    }
}

/// For the codes of some ends: asks `choose` for the place of those that count, and whose text tells another one than
/// is known.
#[inline(never)]
pub fn choose(
    codes: Part<'_>,
    told: &[PlaceCode],
    places: &mut [PlaceCode],
    choose: &mut dyn FnMut(PlaceCode, u32) -> PlaceCode,
) {
    match codes {
        Part::Narrow(codes) => choose_each(codes, told, places, choose),
        Part::Middle(codes) => choose_each(codes, told, places, choose),
        Part::Wide(codes) => choose_each(codes, told, places, choose),
    }
}

fn choose_each<Code: Copy + Into<u32>>(
    codes: &[Code],
    told: &[PlaceCode],
    places: &mut [PlaceCode],
    choose: &mut dyn FnMut(PlaceCode, u32) -> PlaceCode,
) {
    for (place, code) in places.iter_mut().zip(codes) {
        let code: u32 = (*code).into();
        if told[code as usize] != *place && place.is_counted() {
            *place = choose(*place, code);
        }
    }
}

#[inline]
fn fill<T: Copy + PartialEq>(codes: Part<'_>, told: &[T], open: T, rows: &mut [T]) -> usize {
    match codes {
        Part::Narrow(codes) => fill_each(codes, told, open, rows),
        Part::Middle(codes) => fill_each(codes, told, open, rows),
        Part::Wide(codes) => fill_each(codes, told, open, rows),
    }
}

fn fill_each<T: Copy + PartialEq, Code: Copy + Into<u32>>(
    codes: &[Code],
    told: &[T],
    open: T,
    rows: &mut [T],
) -> usize {
    let mut n_open = 0;
    for (row, code) in rows.iter_mut().zip(codes) {
        if *row == open {
            *row = told[(*code).into() as usize];
            n_open += usize::from(*row == open);
        }
    }
    n_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_that_tells_anything_counts() {
        let mut rows = [0_u8, 7, 0, 0];
        assert_eq!(
            u8::fill(Part::Middle(&[1, 2, 0, 2]), &[0, 3, 4], 0, &mut rows),
            1
        );
        assert_eq!(rows, [3, 7, 0, 4]);
        assert_eq!(u8::fill(Part::Wide(&[0, 0, 0, 0]), &[5], 0, &mut rows), 0);
        assert_eq!(rows, [3, 7, 5, 4]);
    }

    #[test]
    fn ends_that_do_not_count_have_no_place() {
        let mut places = [1, 2, 3].map(PlaceCode);
        leave_out(&[1, 0, 2], 1, &mut places);
        let left_out = PlaceCode::NOT_COUNTED;
        assert_eq!(places, [PlaceCode(1), left_out, left_out]);
    }

    #[test]
    fn only_where_another_place_is_told_there_is_a_choice() {
        let told = [PlaceCode::OPEN, PlaceCode(1), PlaceCode(2)];
        let mut places = [1, 1, 1].map(PlaceCode);
        let mut others = [PlaceCode::OPEN, PlaceCode::NOT_COUNTED];
        let mut asked = Vec::new();
        let mut last = |place, code| {
            asked.push((place, code));
            told[code as usize]
        };
        choose(Part::Narrow(&[1, 2, 0]), &told, &mut places, &mut last);
        choose(Part::Wide(&[0, 2]), &told, &mut others, &mut last);
        assert_eq!(asked, [(PlaceCode(1), 2), (PlaceCode(1), 0)]);
        assert_eq!(places, [PlaceCode(1), PlaceCode(2), PlaceCode::OPEN]);
        assert_eq!(others, [PlaceCode::OPEN, PlaceCode::NOT_COUNTED]);
    }
}
