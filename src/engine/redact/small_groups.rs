//! Keeps small groups of people from being told apart by their figures.
//!
//! Groups of fewer than five people are shown together as one. That one must stand for at least two
//! groups and five people, else the total of the table less its other rows would give a group away;
//! so the next smallest groups join it until it does.

use callscope_kernel::order;

use crate::engine::report::Tally;
use crate::protocol::Withheld;

/// A group of fewer people is not shown by itself.
pub(crate) const N_ENOUGH_PEOPLE: usize = 5;

/// Groups as they may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown<Group> {
    /// Groups by themselves, in the order that they came in.
    pub single: Vec<Group>,
    /// How many groups are shown as one, and their figures.
    pub together: Option<(u32, Tally)>,
    /// Why nothing is shown, if there are too few people even together.
    pub withheld: Withheld,
}

/// Puts small groups together.
pub(crate) fn shown<Group>(groups: Vec<Group>, tally: impl Fn(&Group) -> &Tally) -> Shown<Group> {
    let n_people = |group: &Group| tally(group).people.len();
    // Groups without streams tell nothing of anybody.
    let is_small =
        |group: &Group| n_people(group) < N_ENOUGH_PEOPLE && tally(group).n_streams() > 0;
    let with_streams = (0u32..)
        .zip(&groups)
        .filter(|(_, group)| tally(group).n_streams() > 0);
    let with_streams = with_streams.map(|(idx, _)| idx).collect();
    let sizes: Vec<u64> = groups.iter().map(|group| n_people(group) as u64).collect();
    let by_size = order::by_keys(with_streams, &sizes).into_iter();
    let n_small = groups.iter().filter(|group| is_small(group)).count();
    let mut joined = vec![false; groups.len()];
    let mut together = Tally::default();
    let most = groups
        .iter()
        .filter_map(|group| tally(group).people.iter().max());
    let mut is_joined = vec![false; most.max().map_or(0, |person| *person as usize + 1)];
    let mut people = Vec::new();
    let mut n_joined = 0;
    for idx in by_size.map(|idx| idx as usize) {
        let is_enough = n_joined >= 2 && people.len() >= N_ENOUGH_PEOPLE;
        if n_joined >= n_small && (n_small == 0 || is_enough) {
            break;
        }
        together.add(tally(&groups[idx]));
        for person in &tally(&groups[idx]).people {
            if !std::mem::replace(&mut is_joined[*person as usize], true) {
                people.push(*person);
            }
        }
        joined[idx] = true;
        n_joined += 1;
    }
    let is_withheld = n_joined > 0 && (n_joined < 2 || people.len() < N_ENOUGH_PEOPLE);
    together.people = people;
    let mut joined = joined.into_iter();
    let single = groups
        .into_iter()
        .filter(|_| !joined.next().unwrap_or_default())
        .collect();
    Shown {
        single,
        together: (n_joined > 0 && !is_withheld).then_some((n_joined as u32, together)),
        withheld: if is_withheld {
            Withheld::TooFewPeople
        } else {
            Withheld::No
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::model::groups::Counts;

    fn good(n_good: u64) -> Counts {
        Counts {
            good: n_good,
            ..Counts::default()
        }
    }

    /// A group of so many people of its own, each with one good stream.
    fn group(first: u32, n_people: u32) -> Tally {
        Tally {
            counts: good(u64::from(n_people)),
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
            shown.withheld == Withheld::TooFewPeople,
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
        /// People may be in several groups, as they move between buildings.
        #[test]
        fn no_total_less_its_rows_gives_a_group_away(
            groups in prop::collection::vec(prop::collection::vec(0u32..30, 1..12), 0..8),
        ) {
            let groups: Vec<Tally> = groups
                .into_iter()
                .map(|mut people| {
                    let n_good = people.len() as u64;
                    people.sort_unstable();
                    people.dedup();
                    Tally { counts: good(n_good), people, ..Tally::default() }
                })
                .collect();
            let total: u64 = groups.iter().map(Tally::n_streams).sum();
            let shown = shown(groups.clone(), |tally| tally);
            prop_assert!(shown.single.iter().all(|tally| tally.people.len() >= N_ENOUGH_PEOPLE));
            let n_single: u64 = shown.single.iter().map(Tally::n_streams).sum();
            match shown.together {
                Some((n_groups, together)) => {
                    prop_assert!(n_groups >= 2 && together.people.len() >= N_ENOUGH_PEOPLE);
                    prop_assert_eq!(n_groups as usize + shown.single.len(), groups.len());
                    prop_assert_eq!(total - n_single, together.n_streams());
                }
                // Either every group stands by itself, or nothing is shown, no total either.
                None if shown.withheld == Withheld::No => prop_assert_eq!(total, n_single),
                None => prop_assert!(shown.single.is_empty()),
            }
        }
    }
}
