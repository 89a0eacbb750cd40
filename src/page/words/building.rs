//! Buildings in words: names, places, how an end found its building.

use super::counted;
use crate::protocol::{BuildingGroup, BuildingRow, MappingKey, Withheld};

/// The name of a row of Buildings.
pub(crate) fn building_name(group: &BuildingGroup) -> String {
    match group {
        BuildingGroup::Building(name) => name.clone(),
        BuildingGroup::NotMapped => "(not mapped)".to_owned(),
        BuildingGroup::Together(n_buildings) => format!(
            "{} shown as one",
            counted(u64::from(*n_buildings), "building", "buildings")
        ),
    }
}

/// Where a building is: "Amsterdam, Netherlands, EMEA". Empty if the file does not say.
pub(crate) fn place_of(row: &BuildingRow) -> String {
    let mut parts = [&row.city, &row.state, &row.country, &row.region]
        .map(String::as_str)
        .to_vec();
    parts.retain(|part| !part.is_empty());
    // City states repeat themselves.
    parts.dedup();
    parts.join(", ")
}

/// How an end found its building.
pub(crate) fn mapping_key(key: MappingKey) -> &'static str {
    match key {
        MappingKey::Address => "by address",
        MappingKey::Subnet => "by subnet",
        MappingKey::WithinWiderRow => "by a wider network",
        MappingKey::PublicAddress => "by public address",
    }
}

/// Why the role sees no figures; `None` if it sees them.
pub(crate) fn withheld_sentence(withheld: Withheld) -> Option<&'static str> {
    match withheld {
        Withheld::No => None,
        Withheld::TooFewPeople => Some(
            "There are fewer than 5 people in the streams counted here. This role sees figures of \
             groups of 5 or more only.",
        ),
        Withheld::PeopleUnknown => Some(
            "The exports name nobody (the service clears names after 28 days), so callscope cannot \
             tell how many people stand behind a figure. This role sees figures of groups of 5 or \
             more people only.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::building_name;
    use crate::protocol::BuildingGroup;

    #[test]
    fn buildings_that_are_shown_as_one_are_counted() {
        assert_eq!(
            building_name(&BuildingGroup::Together(3)),
            "3 buildings shown as one"
        );
    }
}
