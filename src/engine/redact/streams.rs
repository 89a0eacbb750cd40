//! Single streams as a role may see them.

use std::collections::BTreeMap;

use super::end::{EndDrawer, open_word};
use crate::engine::fields::fields;
use crate::engine::model::{
    column::{NO_TIME, TextColumn},
    end::End,
};
use crate::engine::quality::{Judge, Metric, preset};
use crate::engine::report::{self, Sources, StreamPick};
use crate::protocol::{Role, StreamRow, StreamsQuery, StreamsView};

/// A window of streams, for a role and the role that names are shown for.
pub(super) fn streams(roles: [Role; 2], sources: Sources<'_>, query: &StreamsQuery) -> StreamsView {
    let picks = report::streams(sources, &query.choices, query.building.as_ref());
    let n_all = picks.n() as u32;
    let mut drawers: BTreeMap<usize, TableDrawer<'_>> = BTreeMap::new();
    let rows = picks
        .window(sources, query.window)
        .iter()
        .map(|pick| {
            let drawer = drawers
                .entry(pick.table)
                .or_insert_with(|| TableDrawer::new(roles, sources, pick.table));
            drawer.row(query, pick)
        })
        .collect();
    StreamsView {
        rows,
        first_idx: query.window.first_idx,
        n_all,
    }
}

/// What streams carry, in the words of the dashboard.
const MEDIA: [&str; 5] = ["Audio", "Video", "VBSS", "AppSharing", "AV Stream"];

/// Draws the streams of one export.
struct TableDrawer<'session> {
    media: Option<&'session TextColumn>,
    judge: Judge<'session>,
    named_for: Role,
    first: EndDrawer<'session>,
    second: EndDrawer<'session>,
}

impl<'session> TableDrawer<'session> {
    fn new(roles: [Role; 2], sources: Sources<'session>, table: usize) -> Self {
        Self {
            media: sources.tables[table].text(fields().named("Media Type")),
            judge: Judge::new(&sources.tables[table]),
            named_for: roles[1],
            first: EndDrawer::new(roles, sources, table, End::First),
            second: EndDrawer::new(roles, sources, table, End::Second),
        }
    }

    fn row(&self, query: &StreamsQuery, pick: &StreamPick) -> StreamRow {
        let choices = &query.choices;
        let judgment = self.judge.judge(&preset(choices.classifier), pick.row);
        let metric = |metric| self.judge.metrics().exactly(metric, pick.row);
        StreamRow {
            end_ms: (pick.end_ms != NO_TIME).then_some(pick.end_ms),
            media: self
                .media
                .and_then(|column| column.words(pick.row))
                .and_then(|word| open_word(self.named_for, &MEDIA, word))
                .unwrap_or_default(),
            first: self.first.view(choices.mapping, pick.row),
            second: self.second.view(choices.mapping, pick.row),
            verdict: judgment.verdict,
            rules: judgment.rules,
            round_trip_ms: metric(Metric::RoundTripMs),
            jitter_ms: metric(Metric::JitterMs),
            packet_loss_percent: metric(Metric::PacketLossRatio).map(|ratio| 100.0 * ratio),
        }
    }
}
