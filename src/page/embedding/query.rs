//! Which rows are asked for: the report's name and a small query, by code names.

use super::value::{Fields, Wrong};
use crate::page::words::{Choice, ENDS, MAPPINGS, MEDIA, classifiers_for, day_in};
use crate::protocol::{
    BuildingColumn, BuildingGroup, BuildingsQuery, Choices, Days, Limits, NetworksQuery,
    PeopleQuery, PersonColumn, Role, Sheet, Sort, StreamsQuery, Window,
};

/// The columns of Buildings by their names in the CSV file.
const BUILDING_COLUMNS: [(&str, BuildingColumn); 13] = [
    ("building", BuildingColumn::Building),
    ("city", BuildingColumn::City),
    ("country", BuildingColumn::Country),
    ("networks", BuildingColumn::Networks),
    ("streams", BuildingColumn::Streams),
    ("good", BuildingColumn::Good),
    ("poor", BuildingColumn::Poor),
    ("unclassified", BuildingColumn::Unclassified),
    ("poor_percent", BuildingColumn::PoorPercent),
    ("people", BuildingColumn::People),
    ("mean_round_trip_ms", BuildingColumn::RoundTrip),
    ("mean_jitter_ms", BuildingColumn::Jitter),
    ("mean_packet_loss_percent", BuildingColumn::PacketLoss),
];

/// The columns of People, likewise.
const PERSON_COLUMNS: [(&str, PersonColumn); 9] = [
    ("person", PersonColumn::Person),
    ("streams", PersonColumn::Streams),
    ("good", PersonColumn::Good),
    ("poor", PersonColumn::Poor),
    ("unclassified", PersonColumn::Unclassified),
    ("poor_percent", PersonColumn::PoorPercent),
    ("mean_round_trip_ms", PersonColumn::RoundTrip),
    ("mean_jitter_ms", PersonColumn::Jitter),
    ("mean_packet_loss_percent", PersonColumn::PacketLoss),
];

/// The rows that a message asks for. What its query has more is left in it.
pub(super) fn sheet<File>(report: &str, query: &mut Fields<File>) -> Result<Sheet, Wrong> {
    // An empty query has no keys, only its own place.
    if query.take("query").is_some() {
        return Err(Wrong);
    }
    let choices = choices(query)?;
    let window = match report {
        "overview" => Window::ALL,
        _ => window(query)?,
    };
    let sheet = match report {
        "overview" => Sheet::Overview(choices),
        "buildings" => Sheet::Buildings(BuildingsQuery {
            choices,
            search: query.text("query.search")?.unwrap_or_default(),
            sort: sort(query, &BUILDING_COLUMNS, BuildingColumn::Poor)?,
            window,
        }),
        "networks" => Sheet::Networks(NetworksQuery {
            choices,
            building: building(query)?.ok_or(Wrong)?,
            window,
        }),
        "people" => Sheet::People(PeopleQuery {
            choices,
            search: query.text("query.search")?.unwrap_or_default(),
            sort: sort(query, &PERSON_COLUMNS, PersonColumn::Poor)?,
            window,
        }),
        "streams" => Sheet::Streams(StreamsQuery {
            choices,
            building: building(query)?,
            window,
        }),
        _ => return Err(Wrong),
    };
    Ok(sheet)
}

fn choices<File>(query: &mut Fields<File>) -> Result<Choices, Wrong> {
    // Limits of one's own are no code name.
    let classifiers = classifiers_for(Role::Specialist, Limits::default());
    Ok(Choices {
        media: coded(query, "query.media", &MEDIA)?,
        classifier: coded(query, "query.classifier", &classifiers)?,
        mapping: coded(query, "query.mapping", &MAPPINGS)?,
        ends: coded(query, "query.ends", &ENDS)?,
        days: days(query)?,
    })
}

fn coded<File, Value: Copy + Default>(
    query: &mut Fields<File>,
    key: &str,
    choices: &[Choice<Value>],
) -> Result<Value, Wrong> {
    let Some(code) = query.text(key)? else {
        return Ok(Value::default());
    };
    let choice = choices.iter().find(|choice| choice.code == code);
    choice.map(|choice| choice.value).ok_or(Wrong)
}

/// `2026-03-01/2026-03-31`; without a day on one side there is no limit there.
fn days<File>(query: &mut Fields<File>) -> Result<Days, Wrong> {
    let Some(days) = query.text("query.days")? else {
        return Ok(Days::default());
    };
    let (first, last) = days.split_once('/').ok_or(Wrong)?;
    let day = |text: &str| match text {
        "" => Ok(None),
        text => day_in(text).map(Some).ok_or(Wrong),
    };
    Ok(Days {
        first: day(first)?,
        last: day(last)?,
    })
}

/// The empty text stands for ends that no building explains.
fn building<File>(query: &mut Fields<File>) -> Result<Option<BuildingGroup>, Wrong> {
    let name = query.text("query.building")?;
    Ok(name.map(|name| match name.as_str() {
        "" => BuildingGroup::NotMapped,
        _ => BuildingGroup::Building(name),
    }))
}

fn window<File>(query: &mut Fields<File>) -> Result<Window, Wrong> {
    Ok(Window {
        first_idx: query.count("query.first")?.unwrap_or(0),
        n_rows: query.count("query.limit")?.unwrap_or(u32::MAX),
    })
}

/// Without a column the worst come first, as in the page.
fn sort<File, Column: Copy>(
    query: &mut Fields<File>,
    columns: &[(&str, Column)],
    worst: Column,
) -> Result<Sort<Column>, Wrong> {
    let descending = query.flag("query.descending")?;
    let Some(name) = query.text("query.sort")? else {
        return Ok(Sort {
            by: worst,
            descending: true,
        });
    };
    let column = columns.iter().find(|(known, _)| *known == name);
    let by = column.ok_or(Wrong)?.1;
    Ok(Sort { by, descending })
}

#[cfg(test)]
mod tests {
    use super::super::value::{Wrong, tests::parsed};
    use super::sheet;
    use crate::protocol::{
        BuildingColumn, BuildingGroup, BuildingsQuery, Choices, Classifier, Days, Ends, Mapping,
        Media, NetworksQuery, PeopleQuery, PersonColumn, Sheet, Sort, StreamsQuery, Window,
    };

    fn read(report: &str, json: &str) -> Result<Sheet, Wrong> {
        let mut query = parsed(&format!("{{\"query\": {json}}}"));
        let sheet = sheet(report, &mut query)?;
        query.end()?;
        Ok(sheet)
    }

    #[test]
    fn a_query_without_keys_asks_as_the_page_does() {
        let expected = Sheet::Buildings(BuildingsQuery {
            choices: Choices::default(),
            search: String::new(),
            sort: Sort {
                by: BuildingColumn::Poor,
                descending: true,
            },
            window: Window::ALL,
        });
        assert_eq!(read("buildings", "{}"), Ok(expected));
    }

    #[test]
    fn every_key_has_its_meaning() {
        let choices = Choices {
            media: Media::All,
            classifier: Classifier::Cqd2018,
            mapping: Mapping::SameAsCqd,
            ends: Ends::SecondOnly,
            days: Days {
                first: Some(20_513),
                last: None,
            },
        };
        let json = r#"{"media": "all", "classifier": "cqd-2018", "mapping": "same-as-cqd", "ends": "second-only",
            "days": "2026-03-01/", "first": 20, "limit": 10"#;
        let window = Window {
            first_idx: 20,
            n_rows: 10,
        };
        let people = Sheet::People(PeopleQuery {
            choices,
            search: "person1@contoso.com".to_owned(),
            sort: Sort {
                by: PersonColumn::Jitter,
                descending: false,
            },
            window,
        });
        let more = r#", "search": "person1@contoso.com", "sort": "mean_jitter_ms"}"#;
        assert_eq!(read("people", &format!("{json}{more}")), Ok(people));
        let networks = Sheet::Networks(NetworksQuery {
            choices,
            building: BuildingGroup::Building("Campus".to_owned()),
            window,
        });
        let more = r#", "building": "Campus"}"#;
        assert_eq!(read("networks", &format!("{json}{more}")), Ok(networks));
        let streams = Sheet::Streams(StreamsQuery {
            choices,
            building: Some(BuildingGroup::NotMapped),
            window,
        });
        let more = r#", "building": ""}"#;
        assert_eq!(read("streams", &format!("{json}{more}")), Ok(streams));
    }

    #[test]
    fn unknown_keys_codes_and_kinds_are_refused() {
        for (report, json) in [
            ("files", "{}"),
            ("networks", "{}"),
            ("overview", r#"{"limit": 1}"#),
            ("overview", r#"{"media": "Audio"}"#),
            ("overview", r#"{"classifier": "custom"}"#),
            ("overview", r#"{"role": "administrator"}"#),
            ("buildings", r#"{"building": "Campus"}"#),
            ("buildings", r#"{"search": 1}"#),
            ("buildings", r#"{"sort": "person"}"#),
            ("buildings", r#"{"sort": "poor", "descending": "yes"}"#),
            ("people", r#"{"days": "2026-03-01"}"#),
            ("people", r#"{"days": "2026-02-30/"}"#),
            ("streams", r#"{"limit": -1}"#),
            ("streams", r#"{"limit": 1e12}"#),
            ("streams", r#"{"building": {"name": "x"}}"#),
        ] {
            assert_eq!(read(report, json), Err(Wrong), "{report} {json}");
        }
    }
}
