//! Buildings and networks as a role may see them.

use std::cmp::Ordering;

use super::small_groups::{self, Shown};
use crate::engine::report::{self, BuildingTally, NetworkTally, People, Sources, Tally};
use crate::protocol::{
    BuildingColumn, BuildingGroup, BuildingRow, BuildingsQuery, BuildingsView, Choices, Figures,
    NetworkRow, NetworksQuery, NetworksView, Role, Sort, Window, Withheld,
};

/// All rows of Buildings, before search and sort.
pub(super) struct AllBuildings {
    pub(super) rows: Vec<BuildingRow>,
    /// Why there is no row.
    pub(super) withheld: Withheld,
    /// Buildings of the file that have no row.
    n_without_streams: u32,
}

/// All rows of Buildings.
pub(super) fn all_buildings(role: Role, sources: Sources<'_>, choices: &Choices) -> AllBuildings {
    let tallies = report::buildings(sources, choices);
    let is_building = |row: &&BuildingTally| row.group != BuildingGroup::NotMapped;
    let n_with_row = tallies.iter().filter(is_building).count();
    let n_without_streams = (sources.buildings.buildings.len() - n_with_row) as u32;
    let people = sources.facts.people();
    let shown = for_role(role, sources, tallies.iter().collect(), |row| &row.tally);
    let single = shown.single.into_iter();
    let mut rows: Vec<_> = single.map(|row| building_row(row, people)).collect();
    rows.extend(shown.together.map(|(n_groups, tally)| BuildingRow {
        group: BuildingGroup::Together(n_groups),
        city: String::new(),
        state: String::new(),
        country: String::new(),
        region: String::new(),
        n_networks: None,
        figures: tally.figures(people),
    }));
    AllBuildings {
        rows,
        withheld: shown.withheld,
        n_without_streams,
    }
}

/// A window of Buildings.
pub(super) fn buildings(role: Role, sources: Sources<'_>, query: &BuildingsQuery) -> BuildingsView {
    let all = all_buildings(role, sources, &query.choices);
    let n_all = all.rows.len() as u32;
    let search = query.search.to_lowercase();
    let mut rows: Vec<_> = all
        .rows
        .into_iter()
        .filter(|row| is_found(row, &search))
        .collect();
    rows.sort_by(|a, b| compare(a, b, query.sort));
    BuildingsView {
        first_idx: query.window.first_idx,
        n_found: rows.len() as u32,
        rows: window(rows, query.window),
        n_all,
        n_without_streams: all.n_without_streams,
        withheld: all.withheld,
    }
}

/// A window of the networks of a building, most poor streams first.
pub(super) fn networks(role: Role, sources: Sources<'_>, query: &NetworksQuery) -> NetworksView {
    let is_shown = is_shown(role, sources, query);
    let tallies = report::networks(sources, &query.choices, &query.building);
    let tallies = tallies.iter().filter(|_| is_shown).collect();
    let people = sources.facts.people();
    let shown = for_role(role, sources, tallies, |row: &&NetworkTally| &row.tally);
    let single = shown.single.into_iter();
    let mut rows: Vec<_> = single.map(|row| network_row(row, people)).collect();
    rows.extend(shown.together.map(|(n_groups, tally)| NetworkRow {
        network: String::new(),
        name: String::new(),
        line: None,
        n_together: n_groups,
        figures: tally.figures(people),
    }));
    rows.sort_by(|a, b| {
        let key = |row: &NetworkRow| (row.figures.n_poor, row.figures.n_streams);
        key(b).cmp(&key(a)).then_with(|| a.network.cmp(&b.network))
    });
    NetworksView {
        building: query.building.clone(),
        first_idx: query.window.first_idx,
        n_all: rows.len() as u32,
        rows: window(rows, query.window),
        withheld: if is_shown {
            shown.withheld
        } else {
            Withheld::TooFewPeople
        },
    }
}

/// A building that has no row of its own has no networks to open either.
fn is_shown(role: Role, sources: Sources<'_>, query: &NetworksQuery) -> bool {
    role > Role::Specialist
        || all_buildings(role, sources, &query.choices)
            .rows
            .iter()
            .any(|row| row.group == query.building)
}

/// The rows of the window.
pub(super) fn window<Row>(rows: Vec<Row>, window: Window) -> Vec<Row> {
    let first = window.first_idx as usize;
    rows.into_iter()
        .skip(first)
        .take(window.n_rows as usize)
        .collect()
}

/// Orders two values, absent ones last whichever way.
pub(super) fn by_value(a: Option<f64>, b: Option<f64>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn for_role<Group>(
    role: Role,
    sources: Sources<'_>,
    groups: Vec<Group>,
    tally: impl Fn(&Group) -> &Tally,
) -> Shown<Group> {
    let everything = |groups| Shown {
        single: groups,
        together: None,
        withheld: Withheld::No,
    };
    match role {
        Role::Engineer | Role::Administrator => everything(groups),
        Role::Specialist if sources.tables.is_empty() => everything(groups),
        Role::Specialist if !sources.facts.people().is_known() => Shown {
            withheld: Withheld::PeopleUnknown,
            ..everything(Vec::new())
        },
        Role::Specialist => small_groups::shown(groups, tally),
    }
}

fn building_row(row: &BuildingTally, people: &People) -> BuildingRow {
    BuildingRow {
        group: row.group.clone(),
        city: row.site.city.clone(),
        state: row.site.state.clone(),
        country: row.site.country.clone(),
        region: row.site.region.clone(),
        n_networks: Some(row.n_networks),
        figures: row.tally.figures(people),
    }
}

fn network_row(row: &NetworkTally, people: &People) -> NetworkRow {
    NetworkRow {
        network: row.network.clone(),
        name: row.name.clone(),
        line: row.line,
        n_together: 1,
        figures: row.tally.figures(people),
    }
}

/// The name of a row, as it is searched and sorted by.
pub(super) fn group_name(group: &BuildingGroup) -> &str {
    match group {
        BuildingGroup::Building(name) => name,
        BuildingGroup::NotMapped => "(not mapped)",
        BuildingGroup::Together(_) => "",
    }
}

fn is_found(row: &BuildingRow, search: &str) -> bool {
    let texts = [
        group_name(&row.group),
        &row.city,
        &row.state,
        &row.country,
        &row.region,
    ];
    let texts = texts.map(str::to_lowercase).join("\n");
    search.split_whitespace().all(|word| texts.contains(word))
}

fn compare(a: &BuildingRow, b: &BuildingRow, sort: Sort<BuildingColumn>) -> Ordering {
    use BuildingColumn as C;
    let by_name = |a: &BuildingRow, b: &BuildingRow| {
        // Rows that are no buildings stand behind those that are.
        let key = |row: &BuildingRow| {
            let name = group_name(&row.group);
            let is_no_building = !matches!(row.group, BuildingGroup::Building(_));
            (is_no_building, name.to_lowercase(), name.to_owned())
        };
        key(a).cmp(&key(b))
    };
    let by_text = |a: &str, b: &str| {
        let order = a.is_empty().cmp(&b.is_empty());
        let text = a.to_lowercase().cmp(&b.to_lowercase());
        order.then(if sort.descending {
            text.reverse()
        } else {
            text
        })
    };
    let figure =
        |value: fn(&BuildingRow) -> Option<f64>| by_value(value(a), value(b), sort.descending);
    let order = match sort.by {
        C::Building if sort.descending => by_name(b, a),
        C::Building => by_name(a, b),
        C::City => by_text(&a.city, &b.city),
        C::Country => by_text(&a.country, &b.country),
        C::Networks => figure(|row| row.n_networks.map(|n| n as f64)),
        C::Streams => figure(|row| Some(row.figures.n_streams as f64)),
        C::Good => figure(|row| Some(row.figures.n_good as f64)),
        C::Poor => figure(|row| Some(row.figures.n_poor as f64)),
        C::Unclassified => figure(|row| Some(row.figures.n_unclassified as f64)),
        C::PoorPercent => figure(|row| poor_percent(&row.figures)),
        C::People => figure(|row| row.figures.n_people.map(|n| n as f64)),
        C::RoundTrip => figure(|row| row.figures.mean_round_trip_ms),
        C::Jitter => figure(|row| row.figures.mean_jitter_ms),
        C::PacketLoss => figure(|row| row.figures.mean_packet_loss_percent),
    };
    order.then_with(|| by_name(a, b))
}

/// The share of poor streams, if there is one.
pub(super) fn poor_percent(figures: &Figures) -> Option<f64> {
    figures.poor.map(|rate| rate.percent)
}
