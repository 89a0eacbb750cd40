//! Buildings and networks as a role may see them.

use std::cell::OnceCell;
use std::rc::Rc;

use callscope_kernel::order;

use super::{
    drawn::{self, Drawn},
    small_groups::{self, Shown},
};
use crate::engine::report::{self, BuildingTally, NetworkTally, People, Sources, Tally};
use crate::engine::sorting::{sorted_places, sorted_texts};
use crate::protocol::{
    BuildingColumn, BuildingGroup, BuildingRow, BuildingsQuery, BuildingsView, Choices, Figures,
    NetworkRow, NetworksQuery, NetworksView, Role, Sort, Withheld,
};

/// All rows of Buildings, before search and sort.
#[derive(Debug)]
pub(super) struct AllBuildings {
    pub(super) rows: Vec<BuildingRow>,
    /// Why there is no row.
    pub(super) withheld: Withheld,
    /// Buildings of the file that have streams, with a row of their own or together with others.
    pub(super) n_with_streams: u64,
    /// Those that have none.
    n_without_streams: u32,
    /// The rows in the order of their names.
    by_name: Vec<u32>,
    /// For each row the words that it is found by, once somebody searches.
    words: OnceCell<Vec<String>>,
}

/// All rows of Buildings.
pub(super) fn all_buildings(
    role: Role,
    sources: Sources<'_>,
    drawn: &Drawn,
    choices: &Choices,
) -> Rc<AllBuildings> {
    let kept = &drawn.buildings;
    kept.answer((role, *choices), |(_, choices)| {
        draw_buildings(role, sources, choices)
    })
}

fn draw_buildings(role: Role, sources: Sources<'_>, choices: &Choices) -> AllBuildings {
    let tallies = report::buildings(sources, choices);
    let is_building = |row: &&BuildingTally| row.group != BuildingGroup::NotMapped;
    let n_with_streams = tallies.iter().filter(is_building).count();
    let n_without_streams = (sources.buildings.buildings.len() - n_with_streams) as u32;
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
        by_name: by_name(&rows),
        rows,
        withheld: shown.withheld,
        n_with_streams: n_with_streams as u64,
        n_without_streams,
        words: OnceCell::new(),
    }
}

/// A window of Buildings.
pub(super) fn buildings(
    role: Role,
    sources: Sources<'_>,
    drawn: &Drawn,
    query: &BuildingsQuery,
) -> BuildingsView {
    let all = all_buildings(role, sources, drawn, &query.choices);
    let search = query.search.to_lowercase();
    let question = (role, query.choices, search, query.sort);
    let order = drawn
        .order_of_buildings
        .answer(question, |(_, _, search, sort)| all.order(search, *sort));
    let window = drawn::window(&order, query.window).iter();
    BuildingsView {
        first_idx: query.window.first_idx,
        n_found: order.len() as u32,
        rows: window.map(|idx| all.rows[*idx as usize].clone()).collect(),
        n_all: all.rows.len() as u32,
        n_without_streams: all.n_without_streams,
        withheld: all.withheld,
    }
}

/// All networks of a building.
#[derive(Debug)]
pub(super) struct AllNetworks {
    rows: Vec<NetworkRow>,
    withheld: Withheld,
}

/// A window of the networks of a building, most poor streams first.
pub(super) fn networks(
    role: Role,
    sources: Sources<'_>,
    drawn: &Drawn,
    query: &NetworksQuery,
) -> NetworksView {
    let question = (role, query.choices, query.building.clone());
    let all = drawn
        .networks
        .answer(question, |_| draw_networks(role, sources, drawn, query));
    let rows = all.rows.iter().skip(query.window.first_idx as usize);
    NetworksView {
        building: query.building.clone(),
        first_idx: query.window.first_idx,
        n_all: all.rows.len() as u32,
        rows: rows.take(query.window.n_rows as usize).cloned().collect(),
        withheld: all.withheld,
    }
}

fn draw_networks(
    role: Role,
    sources: Sources<'_>,
    drawn: &Drawn,
    query: &NetworksQuery,
) -> AllNetworks {
    if !is_shown(role, sources, drawn, query) {
        return AllNetworks {
            rows: Vec::new(),
            withheld: Withheld::TooFewPeople,
        };
    }
    let tallies = report::networks(sources, &query.choices, &query.building);
    let people = sources.facts.people();
    let tallies = tallies.iter().collect();
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
    let order = sorted_places(&rows, |a, b| {
        let key = |row: &NetworkRow| (row.figures.n_poor, row.figures.n_streams);
        key(b).cmp(&key(a)).then_with(|| a.network.cmp(&b.network))
    });
    let rows = order.into_iter().map(|place| rows[place as usize].clone());
    AllNetworks {
        rows: rows.collect(),
        withheld: shown.withheld,
    }
}

/// A building that has no row of its own has no networks to open either.
fn is_shown(role: Role, sources: Sources<'_>, drawn: &Drawn, query: &NetworksQuery) -> bool {
    role > Role::Specialist
        || all_buildings(role, sources, drawn, &query.choices)
            .rows
            .iter()
            .any(|row| row.group == query.building)
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

/// The words that a row is found by.
fn words(row: &BuildingRow) -> String {
    let texts = [
        group_name(&row.group),
        &row.city,
        &row.state,
        &row.country,
        &row.region,
    ];
    texts.join("\n").to_lowercase()
}

/// The rows in the order of their names.
fn by_name(rows: &[BuildingRow]) -> Vec<u32> {
    let names = rows.iter().map(|row| {
        // Rows that are no buildings stand behind those that are.
        let is_building = matches!(row.group, BuildingGroup::Building(_));
        let name = group_name(&row.group);
        let sign = if is_building { '\u{1}' } else { '\u{2}' };
        format!("{sign}{}\0{name}", name.to_lowercase())
    });
    let names = sorted_texts(names.collect());
    names.into_iter().map(|(_, idx)| idx).collect()
}

impl AllBuildings {
    /// The rows that a search leaves, in order.
    fn order(&self, search: &str, sort: Sort<BuildingColumn>) -> Vec<u32> {
        let mut found = self.by_name.clone();
        if !search.trim().is_empty() {
            let words = self
                .words
                .get_or_init(|| self.rows.iter().map(words).collect());
            found.retain(|idx| {
                let words = &words[*idx as usize];
                search.split_whitespace().all(|word| words.contains(word))
            });
        }
        match self.keys(sort) {
            Some(keys) => order::by_keys(found, &keys),
            None if sort.descending => found.into_iter().rev().collect(),
            None => found,
        }
    }

    /// What each row is sorted by; nothing where that is the name alone.
    fn keys(&self, sort: Sort<BuildingColumn>) -> Option<Vec<u64>> {
        use BuildingColumn as C;
        let by_text = |text: fn(&BuildingRow) -> &str| {
            let texts = self.rows.iter().map(|row| text(row).to_lowercase());
            let ranks = drawn::ranks(texts.collect());
            let values = self.rows.iter().zip(ranks).map(|(row, rank)| {
                let value = (!text(row).is_empty()).then_some(f64::from(rank));
                drawn::key(value, sort.descending)
            });
            Some(values.collect())
        };
        let value: fn(&BuildingRow) -> Option<f64> = match sort.by {
            C::Building => return None,
            C::City => return by_text(|row| &row.city),
            C::Country => return by_text(|row| &row.country),
            C::Networks => |row| row.n_networks.map(|n| n as f64),
            C::Streams => |row| Some(row.figures.n_streams as f64),
            C::Good => |row| Some(row.figures.n_good as f64),
            C::Poor => |row| Some(row.figures.n_poor as f64),
            C::Unclassified => |row| Some(row.figures.n_unclassified as f64),
            C::PoorPercent => |row| poor_percent(&row.figures),
            C::People => |row| row.figures.n_people.map(|n| n as f64),
            C::RoundTrip => |row| row.figures.mean_round_trip_ms,
            C::Jitter => |row| row.figures.mean_jitter_ms,
            C::PacketLoss => |row| row.figures.mean_packet_loss_percent,
        };
        let key = |row| drawn::key(value(row), sort.descending);
        Some(self.rows.iter().map(key).collect())
    }
}

/// The share of poor streams, if there is one.
pub(super) fn poor_percent(figures: &Figures) -> Option<f64> {
    figures.poor.map(|rate| rate.percent)
}
