//! Keeps small groups of people from being told apart by their figures.
//!
//! Groups of fewer than five people are shown together as one. That one must stand for at least two
//! groups and five people, else the total of the table less its other rows would give a group away;
//! so the next smallest groups join it until it does.

use crate::engine::report::Tally;

/// A group of fewer people is not shown by itself.
pub(crate) const N_ENOUGH_PEOPLE: usize = 5;

/// Groups as they may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown<Group> {
    /// Groups by themselves, in the order that they came in.
    pub single: Vec<Group>,
    /// How many groups are shown as one, and their figures.
    pub together: Option<(u32, Tally)>,
    /// There are too few people even together; nothing is shown.
    pub is_withheld: bool,
}

/// Puts small groups together.
pub(crate) fn shown<Group>(groups: Vec<Group>, tally: impl Fn(&Group) -> &Tally) -> Shown<Group> {
    let n_people = |group: &Group| tally(group).people.len();
    // Groups without streams tell nothing of anybody.
    let is_small =
        |group: &Group| n_people(group) < N_ENOUGH_PEOPLE && tally(group).n_streams() > 0;
    let mut by_size: Vec<usize> = (0..groups.len())
        .filter(|idx| tally(&groups[*idx]).n_streams() > 0)
        .collect();
    by_size.sort_by_key(|idx| (n_people(&groups[*idx]), *idx));
    let n_small = groups.iter().filter(|group| is_small(group)).count();
    let mut joined = vec![false; groups.len()];
    let mut together = Tally::default();
    let mut n_joined = 0;
    for idx in by_size {
        let is_enough = n_joined >= 2 && together.people.len() >= N_ENOUGH_PEOPLE;
        if n_joined >= n_small && (n_small == 0 || is_enough) {
            break;
        }
        together.merge(tally(&groups[idx]));
        joined[idx] = true;
        n_joined += 1;
    }
    let is_withheld = n_joined > 0 && (n_joined < 2 || together.people.len() < N_ENOUGH_PEOPLE);
    let mut joined = joined.into_iter();
    let single = groups
        .into_iter()
        .filter(|_| !joined.next().unwrap_or_default())
        .collect();
    Shown {
        single,
        together: (n_joined > 0 && !is_withheld).then_some((n_joined as u32, together)),
        is_withheld,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A group of so many people of its own, each with one good stream.
    fn group(first: u32, n_people: u32) -> Tally {
        Tally {
            n_good: u64::from(n_people),
            people: (first..first + n_people).collect(),
            ..Tally::default()
        }
    }

    fn groups(sizes: &[u32]) -> Vec<Tally> {
        (0u32..)
            .zip(sizes)
            .map(|(idx, size)| group(idx * 1000, *size))
            .collect()
    }

    fn shown_sizes(sizes: &[u32]) -> (Vec<usize>, Option<(u32, usize)>, bool) {
        let shown = shown(groups(sizes), |tally| tally);
        (
            shown
                .single
                .iter()
                .map(|tally| tally.people.len())
                .collect(),
            shown.together.map(|(n, tally)| (n, tally.people.len())),
            shown.is_withheld,
        )
    }

    #[test]
    fn small_groups_are_shown_as_one() {
        assert_eq!(
            shown_sizes(&[9, 2, 40, 4]),
            (vec![9, 40], Some((2, 6)), false)
        );
        assert_eq!(shown_sizes(&[9, 40]), (vec![9, 40], None, false));
    }

    #[test]
    fn a_lone_small_group_takes_the_next_one_with_it() {
        assert_eq!(shown_sizes(&[9, 2, 40]), (vec![40], Some((2, 11)), false));
        assert_eq!(shown_sizes(&[1, 1, 40, 7]), (vec![40], Some((3, 9)), false));
    }

    #[test]
    fn too_few_people_in_all_are_not_shown() {
        assert_eq!(shown_sizes(&[1, 2]), (vec![], None, true));
        assert_eq!(shown_sizes(&[4]), (vec![], None, true));
        assert_eq!(shown_sizes(&[]), (vec![], None, false));
    }

    proptest! {
        #[test]
        fn no_sum_of_rows_gives_a_small_group_away(sizes in prop::collection::vec(1u32..12, 0..8)) {
            let (single, together, is_withheld) = shown_sizes(&sizes);
            prop_assert!(single.iter().all(|n| *n >= N_ENOUGH_PEOPLE));
            if let Some((n_groups, n_people)) = together {
                prop_assert!(n_groups >= 2 && n_people >= N_ENOUGH_PEOPLE);
            }
            // What is not shown at all is the whole, so that no total is shown either.
            prop_assert!(!is_withheld || single.is_empty());
            let n_shown = single.len() + together.map_or(0, |(n, _)| n as usize);
            prop_assert!(is_withheld || n_shown == sizes.len());
        }
    }
}
