//! What was drawn last, kept for the role and the question, so that scrolling sorts nothing.

use super::places::{AllBuildings, AllNetworks};
use crate::engine::report::Kept;
use crate::engine::sorting::sorted_texts;
use crate::protocol::{BuildingColumn, BuildingGroup, Choices, PersonColumn, Role, Sort, Window};

/// The tables that were drawn last. To be forgotten with the files.
#[derive(Debug, Default)]
pub struct Drawn {
    pub(super) buildings: Kept<(Role, Choices), AllBuildings>,
    pub(super) networks: Kept<(Role, Choices, BuildingGroup), AllNetworks>,
    /// Indexes of the buildings that a search leaves, in order.
    pub(super) order_of_buildings: Kept<Order<BuildingColumn>, Vec<u32>>,
    /// Numbers of the people that a search leaves, in order.
    pub(super) order_of_people: Kept<Order<PersonColumn>, Vec<u32>>,
    /// For each person the place of the name among those of all, as far as the role sees names.
    pub(super) ranks_of_names: Kept<Role, Vec<u32>>,
}

/// What decides about the order of a table: the role, the choices, the search and the sort.
pub(super) type Order<Column> = (Role, Choices, String, Sort<Column>);

/// A number that orders as the values do, the highest first if descending; absent ones come last either way.
pub(super) fn key(value: Option<f64>, descending: bool) -> u64 {
    let Some(value) = value else { return u64::MAX };
    let bits = value.to_bits();
    let is_negative = bits >> 63 == 1;
    let ascending = if is_negative { !bits } else { bits | 1 << 63 };
    if descending { !ascending } else { ascending }
}

/// For each text its place among all of them; equal texts have the same one.
pub(super) fn ranks(texts: Vec<String>) -> Vec<u32> {
    let mut ranks = vec![0; texts.len()];
    let texts = sorted_texts(texts);
    let mut rank = 0;
    for (at, (text, idx)) in texts.iter().enumerate() {
        if at > 0 && texts[at - 1].0 != *text {
            rank += 1;
        }
        ranks[*idx as usize] = rank;
    }
    ranks
}

/// The part of all rows in order that is in a window.
pub(super) fn window(order: &[u32], window: Window) -> &[u32] {
    let order = &order[order.len().min(window.first_idx as usize)..];
    &order[..order.len().min(window.n_rows as usize)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_order_as_values_do(a in prop::option::of(-1e9..1e9f64), b in prop::option::of(-1e9..1e9f64)) {
            let compare = |descending| key(a, descending).cmp(&key(b, descending));
            match (a, b) {
                (Some(a), Some(b)) => {
                    prop_assert_eq!(compare(false), a.total_cmp(&b));
                    prop_assert_eq!(compare(true), b.total_cmp(&a));
                }
                (a, b) => {
                    let absent_last = a.is_none().cmp(&b.is_none());
                    prop_assert_eq!([false, true].map(compare), [absent_last; 2]);
                }
            }
        }
    }

    #[test]
    fn a_window_ends_with_the_rows() {
        let part = |first_idx, n_rows| window(&[7, 8, 9], Window { first_idx, n_rows });
        assert_eq!(part(0, 2), [7, 8]);
        assert_eq!(part(1, 10), [8, 9]);
        assert_eq!(part(2, u32::MAX), [9]);
        assert_eq!(part(u32::MAX, u32::MAX), [0; 0]);
        assert_eq!(part(1, 0), [0; 0]);
    }

    #[test]
    fn equal_texts_have_one_rank() {
        let texts = ["b", "", "a", "b", "c"].map(str::to_owned);
        assert_eq!(ranks(texts.to_vec()), [2, 0, 1, 2, 3]);
    }
}
