//! Buildings in words: names, places, how an end found its building.

use super::counted;
use crate::protocol::{BuildingGroup, BuildingRow, MappingKey};

/// The name of a row of Buildings.
pub(crate) fn building_name(group: &BuildingGroup) -> String {
    match group {
        BuildingGroup::Building(name) => name.clone(),
        BuildingGroup::NotMapped => "(not mapped)".to_owned(),
        BuildingGroup::Together(n_buildings) => format!(
            "{} together",
            counted(u64::from(*n_buildings), "small building", "small buildings")
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

/// Why some groups have no row.
pub(crate) fn withheld_sentence() -> &'static str {
    "Some groups have fewer than 5 people. They are left out here and in the CSV file, so that nobody \
     can be told apart."
}

#[cfg(test)]
mod tests {
    use super::building_name;
    use crate::protocol::BuildingGroup;

    #[test]
    fn small_buildings_are_counted_together() {
        assert_eq!(
            building_name(&BuildingGroup::Together(3)),
            "3 small buildings together"
        );
    }
}
