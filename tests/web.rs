//! In a browser: what crosses between page and worker arrives as it was sent.
#![cfg(target_arch = "wasm32")]

use std::fmt::Debug;

use callscope::protocol::{
    Assumptions, BuildingColumn, BuildingGroup, BuildingRow, BuildingsQuery, BuildingsView,
    CallFigures, Choices, Classifier, ColumnChoice, ColumnMeaning, ColumnView, ColumnsView,
    Command, DateOrder, Days, DecimalMark, Delimiter, Download, EndView, Ends, Event, Figures,
    FileCard, FileKind, FileState, FileTicket, Limits, Mapping, MappingKey, Media, Memory,
    NetworkRow, NetworksQuery, NetworksView, OverviewView, PeopleQuery, PeopleView, Period, Person,
    PersonColumn, PersonRow, Place, Problem, ProblemCode, Question, Rate, ReadSettings, Request,
    Response, Role, RowCounts, RowUnit, RuleCode, Severity, Sheet, Sort, StreamRow, StreamsQuery,
    StreamsView, TextEncoding, Verdict, Window, Withheld, member_id,
};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[track_caller]
fn crosses<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    let sent = callscope::wire::packed(&value);
    assert_eq!(callscope::wire::unpacked(&sent), Some(value));
}

const WINDOW: Window = Window {
    first_idx: 0,
    n_rows: u32::MAX,
};

fn choices() -> Choices {
    Choices {
        media: Media::All,
        classifier: Classifier::Custom(Limits {
            jitter_ms: Some(0.0),
            packet_loss_ratio: Some(0.1),
            ..Limits::default()
        }),
        mapping: Mapping::SameAsCqd,
        ends: Ends::SecondOnly,
        days: Days {
            first: Some(-1),
            last: Some(20_543),
        },
    }
}

fn requests() -> Vec<Request> {
    let buildings = BuildingsQuery {
        choices: choices(),
        search: "Zürich <b>".to_owned(),
        sort: Sort {
            by: BuildingColumn::PoorPercent,
            descending: true,
        },
        window: WINDOW,
    };
    let networks = NetworksQuery {
        choices: Choices::default(),
        building: BuildingGroup::Building("Lab".to_owned()),
        window: WINDOW,
    };
    let people = PeopleQuery {
        choices: choices(),
        search: String::new(),
        sort: Sort {
            by: PersonColumn::Person,
            descending: false,
        },
        window: WINDOW,
    };
    let streams = StreamsQuery {
        choices: choices(),
        building: Some(BuildingGroup::NotMapped),
        window: WINDOW,
    };
    vec![
        Request::Overview(choices()),
        Request::Buildings(buildings.clone()),
        Request::Networks(networks.clone()),
        Request::People(people.clone()),
        Request::Streams(streams.clone()),
        Request::Download(Sheet::Overview(Choices::default())),
        Request::Download(Sheet::Buildings(buildings)),
        Request::Download(Sheet::Networks(networks)),
        Request::Download(Sheet::People(people)),
        Request::Download(Sheet::Streams(streams)),
        Request::Columns(0),
        Request::Download(Sheet::Rejected(1)),
        Request::Download(Sheet::ColumnMap(2)),
    ]
}

fn figures() -> Figures {
    Figures {
        n_streams: 1 << 40,
        n_good: 0,
        n_poor: 3,
        n_unclassified: 1,
        poor: Some(Rate {
            percent: 100.0,
            low: 43.85,
            high: 100.0,
        }),
        n_people: Some(2),
        mean_round_trip_ms: None,
        mean_jitter_ms: Some(0.0),
        mean_packet_loss_percent: Some(0.1 + 0.2),
    }
}

fn building_row(group: BuildingGroup) -> BuildingRow {
    BuildingRow {
        group,
        city: "Zürich".to_owned(),
        state: String::new(),
        country: "CH".to_owned(),
        region: "\u{202E}EMEA".to_owned(),
        n_networks: Some(7),
        figures: figures(),
    }
}

const CALLS: CallFigures = CallFigures {
    n_calls: 3,
    may_be_more: true,
    n_telephone: 2,
    n_both: 1,
};

fn responses() -> Vec<Response> {
    let end = EndView {
        person: Some(Person::Named("anna@contoso.com".to_owned())),
        phone: Some("+15552823***".to_owned()),
        address: Some("10.1.2.3".to_owned()),
        subnet: None,
        place: Some(Place {
            building: "Lab".to_owned(),
            key: MappingKey::PublicAddress,
            line: 0,
            subnet_says: None,
        }),
        connection: Some(String::new()),
    };
    vec![
        Response::Overview(OverviewView {
            files: vec![FileKind::Buildings, FileKind::CqdStreams],
            period: Some(Period {
                first_ms: -1,
                last_ms: 1_793_476_754_000,
            }),
            whole_period: None,
            n_undated: 7,
            calls: Some(CALLS),
            total: None,
            n_buildings: 0,
            n_networks: 1,
            n_not_mapped: Some(0),
            n_with_ends: 9,
            worst: vec![building_row(BuildingGroup::Building("Lab".to_owned()))],
            n_enough_streams: 50,
            n_ranked: 3,
            withheld: Withheld::PeopleUnknown,
        }),
        Response::Buildings(BuildingsView {
            rows: vec![
                building_row(BuildingGroup::NotMapped),
                building_row(BuildingGroup::Together(3)),
            ],
            first_idx: 0,
            n_found: 2,
            n_all: u32::MAX,
            n_without_streams: 0,
            withheld: Withheld::TooFewPeople,
        }),
        Response::Networks(NetworksView {
            building: BuildingGroup::NotMapped,
            rows: vec![NetworkRow {
                network: "2001:db8::/64".to_owned(),
                name: String::new(),
                line: None,
                n_together: 1,
                figures: Figures::default(),
            }],
            first_idx: 0,
            n_all: 1,
            withheld: Withheld::No,
        }),
        Response::People(PeopleView {
            rows: vec![
                PersonRow {
                    person: Person::InternalUser,
                    phone: None,
                    figures: figures(),
                },
                PersonRow {
                    person: Person::ExternalUser,
                    phone: Some(String::new()),
                    figures: figures(),
                },
            ],
            first_idx: 0,
            n_found: 2,
            n_all: 2,
        }),
        Response::Streams(StreamsView {
            rows: vec![StreamRow {
                end_ms: Some(0),
                media: "Audio".to_owned(),
                first: EndView::default(),
                second: end,
                verdict: Verdict::Unclassified,
                rules: vec![RuleCode::HighJitter, RuleCode::TooFewPackets],
                round_trip_ms: Some(-0.5),
                jitter_ms: None,
                packet_loss_percent: Some(1e-12),
            }],
            first_idx: 0,
            n_all: 1,
        }),
        Response::Download(Download {
            name: "buildings.csv".to_owned(),
            bytes: vec![0, 255, 10],
        }),
        columns(),
        Response::NotForRole,
    ]
}

fn columns() -> Response {
    Response::Columns(ColumnsView {
        file: 1,
        columns: vec![ColumnView {
            heading: String::new(),
            meaning: ColumnMeaning::Chosen("Avg Jitter".to_owned()),
            proposals: vec!["Avg Jitter Max".to_owned()],
            samples: vec!["12,5".to_owned()],
        }],
        fields: vec!["Avg Jitter".to_owned()],
    })
}

fn card(state: FileState) -> FileCard {
    FileCard {
        id: 7,
        name: "a b.csv".to_owned(),
        size_bytes: (1 << 53) - 1,
        kind: None,
        evidence: String::new(),
        parent: member_id(0, 1),
        state,
        rows: RowCounts {
            read: 3,
            used: 1,
            duplicates: 1,
            rejected: 1,
            blank: 0,
        },
        unit: RowUnit::Record,
        assumptions: Some(Assumptions {
            encoding: TextEncoding::Utf16Be,
            delimiter: Some(Delimiter::Bar),
            decimal_mark: None,
            date_order: Some(DateOrder::MonthFirst),
        }),
        settings: settings(),
        has_columns: true,
        problems: vec![Problem {
            severity: Severity::Warning,
            code: ProblemCode::NotANumber,
            line: Some(2),
            column: Some(3),
            heading: None,
            n_times: 1,
            further_lines: vec![4, 5],
            memory: Some(Memory {
                file_bytes: 5_000_000_000,
                needed_bytes: 4_000_000_000,
                used_bytes: 0,
                most_bytes: 3_000_000_000,
            }),
        }],
    }
}

fn settings() -> ReadSettings {
    ReadSettings {
        kind: Some(FileKind::Nps),
        decimal_mark: Some(DecimalMark::Comma),
        columns: vec![ColumnChoice {
            heading: "Jitter – mean".to_owned(),
            field: None,
        }],
        ..ReadSettings::default()
    }
}

#[wasm_bindgen_test]
fn every_command_crosses() {
    let ticket = FileTicket {
        id: 1,
        name: "x.csv".to_owned(),
        size_bytes: 0,
    };
    for role in [Role::Specialist, Role::Engineer, Role::Administrator] {
        crosses(Command::Start(role));
        crosses(Command::LowerRole(role));
    }
    crosses(Command::RequireWholeNames);
    crosses(Command::Open(vec![ticket]));
    crosses(Command::OpenDemo([1, 2]));
    crosses(Command::Cancel(3));
    crosses(Command::Remove(u32::MAX));
    crosses(Command::Reply { file: 4, yes: true });
    crosses(Command::Reread {
        file: 5,
        settings: settings(),
    });
    for request in requests() {
        crosses(Command::Ask { ticket: 5, request });
    }
}

#[wasm_bindgen_test]
fn every_event_crosses() {
    crosses(Event::Started);
    let question = Question::ReplaceBuildings {
        in_use: "old.tsv".to_owned(),
    };
    let states = [
        FileState::Waiting,
        FileState::Reading { done_bytes: 0 },
        FileState::Asking(question),
        FileState::Asking(Question::DayFirst { column: 9 }),
        FileState::Ready,
        FileState::Cancelled,
        FileState::Failed,
    ];
    crosses(Event::Files(states.into_iter().map(card).collect()));
    for response in responses() {
        crosses(Event::Answer {
            ticket: 0,
            response,
        });
    }
}
