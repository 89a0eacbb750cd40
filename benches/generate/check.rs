//! Holds an answer of the engine against the one that was drawn.

use callscope::protocol::{BuildingGroup, BuildingsView};

use super::expected::{Expected, NOT_MAPPED};

/// Panics unless every building, and the ends that are not mapped, have the figures that were drawn.
#[track_caller]
pub(crate) fn check(view: &BuildingsView, expected: &Expected) {
    assert_eq!(view.rows.len(), expected.buildings.len());
    for row in &view.rows {
        let name = match &row.group {
            BuildingGroup::Building(name) => name.as_str(),
            _ => NOT_MAPPED,
        };
        let expected = &expected.buildings[name];
        let figures = &row.figures;
        assert_eq!(
            (
                figures.n_streams,
                figures.n_good,
                figures.n_poor,
                figures.n_unclassified,
                figures.n_people,
            ),
            (
                expected.n_streams(),
                expected.n_good,
                expected.n_poor,
                expected.n_unclassified,
                Some(expected.people.len() as u64),
            ),
            "{name}"
        );
        let loss = expected.loss_ratio.value().map(|ratio| 100.0 * ratio);
        for (found, expected) in [
            (figures.mean_round_trip_ms, expected.round_trip_ms.value()),
            (figures.mean_jitter_ms, expected.jitter_ms.value()),
            (figures.mean_packet_loss_percent, loss),
        ] {
            let is_close = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs(),
                (found, expected) => found.is_none() && expected.is_none(),
            };
            assert!(is_close, "{name}: {found:?} is not {expected:?}");
        }
    }
}
