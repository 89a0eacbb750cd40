//! Buildings, people, streams and overview, from files to answers.

use std::cmp::Ordering;

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingGroup, Choices, Classifier, Days, Ends, Figures, MappingKey, Media, NetworksQuery,
    OverviewView, PeopleQuery, Person, PersonColumn, PersonRow, Request, Response, Role, Sort,
    StreamsQuery,
};
use expect_test::expect;

use crate::files::{EVERYTHING, buildings_table, complaints, session};
use crate::generate;
use crate::redaction::requests_with;

const STORY: &str = r#"
//- buildings.tsv
10.0.0.0	Backbone	8	Campus	Contoso	Office	HQ	Oslo	0150	NO		North	1	0	0
10.1.0.0	Lab	16	Lab	Contoso	Office	R&D	Bergen	5003	NO		North	1	0	0
//- streams.csv
Is Server Pair,First IP Address,Second IP Address,First UPN,Second UPN,Media Type,End Time,Avg Round Trip,Avg Jitter,Avg Packet Loss Rate
Client : Server,52.1.1.1,10.1.2.3,,anna@contoso.com,Audio,2026-03-01T10:00:00,20,12,0.01
Client : Server,52.1.1.1,10.2.2.3,,ben@contoso.com,Audio,2026-03-02T10:00:00,30,40,0.03
Client : Client,10.1.2.9,10.1.2.3,carl@contoso.com,ANNA@contoso.com,Audio,2026-03-03T10:00:00,600,10,0.02
Client : Client,10.2.2.9,10.1.2.3,ben@contoso.com,anna@contoso.com,Video,2026-03-03T10:00:00,,,
Client : Server,10.9.9.9,192.168.1.4,,dora@contoso.com,Audio,2026-03-04T10:00:00,(Blank),,
"#;

const FIGURES: [&str; 9] = [
    "building",
    "networks",
    "streams",
    "good",
    "poor",
    "unclassified",
    "people",
    "mean_round_trip_ms",
    "mean_packet_loss_percent",
];

#[test]
fn a_stream_counts_for_the_building_of_each_client_end_once() {
    let table = buildings_table(
        &mut session(STORY, Role::Administrator),
        Choices::default(),
        &FIGURES,
    );
    expect![[r#"
        Campus | 1 | 1 | 0 | 1 | 0 | 1 | 30 | 3
        Lab | 1 | 2 | 1 | 1 | 0 | 2 | 310 | 1.5
        (not mapped) | 1 | 1 | 0 | 0 | 1 | 1 |  | 
    "#]]
    .assert_eq(&table);
}

#[test]
fn all_media_count_if_asked_for() {
    let choices = Choices {
        media: Media::All,
        ..Choices::default()
    };
    let table = buildings_table(
        &mut session(STORY, Role::Administrator),
        choices,
        &FIGURES[..7],
    );
    expect![[r#"
        Campus | 1 | 2 | 0 | 1 | 1 | 1
        Lab | 1 | 3 | 1 | 1 | 1 | 2
        (not mapped) | 1 | 1 | 0 | 0 | 1 | 1
    "#]]
    .assert_eq(&table);
}

#[test]
fn the_second_end_alone_counts_as_in_the_dashboards_templates() {
    let choices = Choices {
        media: Media::All,
        ends: Ends::SecondOnly,
        ..Choices::default()
    };
    let table = buildings_table(
        &mut session(STORY, Role::Administrator),
        choices,
        &FIGURES[..7],
    );
    expect![[r#"
        Campus | 1 | 1 | 0 | 1 | 0 | 1
        Lab | 1 | 3 | 1 | 1 | 1 | 1
        (not mapped) | 1 | 1 | 0 | 0 | 1 | 1
    "#]]
    .assert_eq(&table);
}

/// Days of March 2026, by their numbers.
fn march(first: impl Into<Option<i32>>, last: impl Into<Option<i32>>) -> Choices {
    let day = |number: Option<i32>| number.map(|number| 20_512 + number);
    Choices {
        days: Days {
            first: day(first.into()),
            last: day(last.into()),
        },
        media: Media::All,
        ..Choices::default()
    }
}

fn overview(session: &mut Session, choices: Choices) -> OverviewView {
    match session.answer(&Request::Overview(choices)) {
        Response::Overview(view) => view,
        other => panic!("not an overview: {other:?}"),
    }
}

#[test]
fn days_are_whole_days_by_the_end_of_a_stream_and_either_may_be_open() {
    let text = "//- s.csv\n\
        Second Subnet,Media Type,Avg Jitter,Start Time,End Time\n\
        10.0.0.0,Audio,1,2026-03-01T23:50:00,2026-03-02T00:00:00\n\
        10.0.0.0,Audio,1,2026-03-02T10:00:00,2026-03-02T23:59:59.999\n\
        10.0.0.0,Audio,1,2026-03-02T23:00:00,2026-03-03T00:00:00\n\
        10.0.0.0,Audio,1,2026-03-02T10:00:00,\n\
        10.0.0.0,Video,1,,\n";
    let mut session = session(text, Role::Administrator);
    for (choices, n_streams, n_undated) in [
        (march(None, None), 5, 0),
        (march(2, 2), 2, 2),
        (march(3, None), 1, 2),
        (march(None, 1), 0, 2),
        (march(None, 2), 2, 2),
        (march(4, 3), 0, 2),
        (
            Choices {
                media: Media::Audio,
                ..march(2, 3)
            },
            3,
            1,
        ),
    ] {
        let view = overview(&mut session, choices);
        let total = view.total.expect("administrators see totals");
        assert_eq!(
            (total.n_streams, view.n_undated),
            (n_streams, n_undated),
            "{choices:?}"
        );
        let whole = view.whole_period.expect("there are times");
        assert_eq!(
            (whole.first_ms, whole.last_ms),
            (1_772_409_600_000, 1_772_496_000_000)
        );
    }
}

#[test]
fn days_limit_every_report() {
    let mut session = session(STORY, Role::Administrator);
    let choices = march(2, 3);
    let table = buildings_table(&mut session, choices, &FIGURES[..7]);
    expect![[r#"
        Campus | 1 | 2 | 0 | 1 | 1 | 1
        Lab | 1 | 2 | 0 | 1 | 1 | 2
    "#]]
    .assert_eq(&table);
    let group = BuildingGroup::Building("Lab".to_owned());
    let n_rows: Vec<(String, u32)> = requests_with(choices, &group)
        .iter()
        .filter_map(|request| match session.answer(request) {
            Response::Networks(view) => Some(("networks".to_owned(), view.n_all)),
            Response::People(view) => Some(("people".to_owned(), view.n_all)),
            Response::Streams(view) => Some(("streams".to_owned(), view.n_all)),
            Response::Download(download) => {
                let lines = String::from_utf8_lossy(&download.bytes).lines().count();
                Some((download.name, lines as u32 - 1))
            }
            _ => None,
        })
        .collect();
    let has = |name: &str, n: u32| {
        n_rows
            .iter()
            .any(|(known, of)| known.contains(name) && *of == n)
    };
    assert!(has("networks", 1) && has("people", 3), "{n_rows:?}");
    // All of them, and those of the Lab.
    assert!(has("streams", 3) && has("streams", 2), "{n_rows:?}");
    assert!(!n_rows.iter().any(|(_, n)| *n > 3), "{n_rows:?}");
    assert_eq!(overview(&mut session, choices).calls, None);
}

#[test]
fn groups_belong_to_the_day_that_they_name_and_are_left_out_if_they_name_none() {
    let by_day = "//- s.csv\n\
        Second Subnet,Date,Audio Good Stream Count,Audio Poor Stream Count\n\
        10.0.0.0,2026-03-01,10,1\n10.0.0.0,2026-03-02,20,2\n10.0.0.0,,30,3\n";
    let by_month = "//- s.csv\n\
        Second Subnet,Month Year,Audio Good Stream Count,Audio Poor Stream Count\n\
        10.0.0.0,2026-03,10,1\n10.0.0.0,2026-04,20,2\n";
    for (text, n_streams, n_undated) in [(by_day, 22, 33), (by_month, 0, 33)] {
        let view = overview(&mut session(text, Role::Administrator), march(2, None));
        let total = view.total.expect("administrators see totals");
        assert_eq!(
            (total.n_streams, view.n_undated),
            (n_streams, n_undated),
            "{text}"
        );
    }
}

#[test]
fn the_period_goes_by_end_time_and_totals_count_each_stream_once() {
    let mut session = session(STORY, Role::Administrator);
    let Response::Overview(overview) = session.answer(&Request::Overview(Choices::default()))
    else {
        panic!("an overview was asked for");
    };
    let period = overview.period.expect("there are times");
    assert_eq!(
        (period.first_ms, period.last_ms),
        (1_772_359_200_000, 1_772_618_400_000)
    );
    let total = overview.total.expect("administrators see totals");
    assert_eq!(
        (
            total.n_streams,
            total.n_good,
            total.n_poor,
            total.n_unclassified
        ),
        (4, 1, 2, 1)
    );
    assert_eq!(total.n_people, Some(4));
    assert_eq!(overview.n_not_mapped, Some(1));
}

#[test]
fn a_stream_tells_which_key_found_its_building_and_on_which_line() {
    let mut session = session(
        r#"
//- buildings.tsv
10.1.2.0	East	25	East wing	Contoso	Office	HQ	Oslo	0150	NO		North	1	0	0
10.1.2.128	West	25	West wing	Contoso	Office	HQ	Oslo	0150	NO		North	1	0	0
//- streams.csv
Second IP Address,Second Subnet,Avg Jitter,Media Type
10.1.2.200,10.1.2.0,40,Audio
"#,
        Role::Administrator,
    );
    let query = StreamsQuery {
        choices: Choices::default(),
        building: Some(BuildingGroup::Building("West wing".to_owned())),
        window: EVERYTHING,
    };
    let Response::Streams(view) = session.answer(&Request::Streams(query)) else {
        panic!("streams were asked for");
    };
    let place = view.rows[0].second.place.as_ref().expect("a building");
    assert_eq!((place.key, place.line), (MappingKey::Address, 2));
    assert_eq!(place.subnet_says.as_deref(), Some("East wing"));
}

#[test]
fn a_building_opens_to_its_networks_and_so_do_ends_that_are_not_mapped() {
    let mut session = session(STORY, Role::Administrator);
    let mut networks = |building| {
        let query = NetworksQuery {
            choices: Choices::default(),
            building,
            window: EVERYTHING,
        };
        match session.answer(&Request::Networks(query)) {
            Response::Networks(view) => view
                .rows
                .iter()
                .map(|row| format!("{} {} {:?}", row.network, row.figures.n_streams, row.line))
                .collect::<Vec<_>>(),
            other => panic!("not networks: {other:?}"),
        }
    };
    assert_eq!(
        networks(BuildingGroup::Building("Lab".to_owned())),
        ["10.1.0.0/16 2 Some(2)"]
    );
    assert_eq!(
        networks(BuildingGroup::NotMapped),
        ["192.168.1.0/24 1 None"]
    );
}

#[test]
fn presets_change_verdicts() {
    let poor_of_campus = |classifier| {
        let choices = Choices {
            classifier,
            ..Choices::default()
        };
        let columns = ["building", "poor"];
        buildings_table(&mut session(STORY, Role::Administrator), choices, &columns)
    };
    assert!(poor_of_campus(Classifier::CqdCurrent).contains("Campus | 1"));
    let custom = Classifier::Custom(callscope::protocol::Limits {
        jitter_ms: Some(45.0),
        ..Default::default()
    });
    assert!(poor_of_campus(custom).contains("Campus | 0"));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut files = crate::files::split(STORY);
    let more = STORY.replace("anna", "emil").replace("ANNA", "EMIL");
    files.extend(
        crate::files::split(&more)
            .into_iter()
            .skip(1)
            .map(|(_, text)| ("b.csv".to_owned(), text)),
    );
    let answer = |order: &[usize]| {
        let files: Vec<_> = order
            .iter()
            .map(|idx| (files[*idx].0.clone(), files[*idx].1.clone().into_bytes()))
            .collect();
        let mut session = crate::files::session_of(&files, Role::Administrator, 64);
        crate::files::buildings_csv(&mut session, Choices::default())
    };
    let first = answer(&[0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(answer(&order), first);
    }
}

#[test]
fn telephones_and_services_are_no_client_ends() {
    let mut session = session(
        "//- s.csv\nSecond IP Address,Second UserType,Second User Agent Category,Avg Jitter\n\
         10.1.2.3,User,OC,1\n10.1.2.3,PSTN,MediationServer,1\n10.1.2.3,User,MediationServer,1\n\
         10.1.2.3,Voicemail,,1\n10.1.2.3,Unknown,OC,1\n10.1.2.3,Unknown,,1\n10.1.2.3,Server,,1\n",
        Role::Administrator,
    );
    let table = buildings_table(&mut session, Choices::default(), &["building", "streams"]);
    assert_eq!(table, "(not mapped) | 3\n");
    // A pair tells servers from clients, not what stands behind a client.
    let mut session = self::session(
        "//- s.csv\nIs Server Pair,Second IP Address,Second UserType,Avg Jitter\n\
         Client : Server,10.1.2.3,User,1\nClient : Server,10.1.2.3,Application,1\n\
         Client : Client,10.1.2.3,PSTN,1\nClient : Client,10.1.2.3,Server,1\n",
        Role::Administrator,
    );
    let table = buildings_table(&mut session, Choices::default(), &["building", "streams"]);
    assert_eq!(table, "(not mapped) | 2\n");
}

#[test]
fn servers_that_cannot_be_told_are_warned_of() {
    let (two, three) = ("10.1.2.0,10.1.3.0", "10.1.2.0,10.1.3.0,");
    for (headings, row, is_warned) in [
        ("First Subnet,Second IP Address", two, true),
        ("Second Subnet,Second IP Address", two, false),
        ("First Subnet,Second Subnet,Is Server Pair", three, false),
        ("First Subnet,Second Subnet,Second UserType", three, true),
        ("First Subnet,Second Subnet,First UserType", three, false),
        ("First Subnet,First IP Address", two, true),
    ] {
        let story = format!("//- s.csv\n{headings},Avg Jitter\n{row},1\n");
        let said = complaints(&session(&story, Role::Administrator).cards()[0]);
        let is_told = said.contains("Warning NoEndKinds");
        assert_eq!(is_told, is_warned, "{headings}: {said}");
    }
}

#[test]
fn without_calls_all_buildings_of_the_file_are_listed() {
    let buildings_only = STORY
        .split("//- streams.csv")
        .next()
        .expect("a building file");
    let mut session = session(buildings_only, Role::Administrator);
    let table = buildings_table(&mut session, Choices::default(), &FIGURES[..3]);
    assert_eq!(table, "Campus | 1 | 0\nLab | 1 | 0\n");
}

#[test]
fn columns_that_are_missing_are_told() {
    let mut session = session(
        "//- streams.csv\nConference Id,Second UPN\n1,anna@contoso.com\n",
        Role::Administrator,
    );
    expect![[r#"
        Warning NoAddressColumns
        Warning NoQualityColumns
        Note NoMediaType
    "#]]
    .assert_eq(&complaints(&session.cards()[0]));
}

/// What a generated tenant's files are read to, and what the generator knows of it.
fn tenant() -> (Session, generate::expected::Expected) {
    let tenant = generate::Tenant::new(500, 10_000);
    let (mut buildings, mut streams) = (Vec::new(), Vec::new());
    tenant
        .write_buildings(&mut buildings)
        .expect("memory is enough");
    let expected = tenant
        .write_streams(&mut streams)
        .expect("memory is enough");
    let files = [
        ("b.tsv".to_owned(), buildings),
        ("s.csv".to_owned(), streams),
    ];
    let session = crate::files::session_of(&files, Role::Administrator, 100_000);
    (session, expected)
}

/// Every answer of the generator, which works it out by itself, slowly, while it writes.
#[test]
fn a_generated_tenant_is_answered_as_it_was_drawn() {
    let (mut session, expected) = tenant();
    let query = crate::files::buildings_query(Choices::default());
    let Response::Buildings(view) = session.answer(&Request::Buildings(query)) else {
        panic!("buildings were asked for");
    };
    generate::check::check(&view, &expected);
}

/// The readers' notes and the counting of ends go by the same lists of fields.
#[test]
fn a_public_address_alone_tells_where_and_an_organizer_does_not_tell_who() {
    let mut session = session(
        "//- s.csv\nSecond Public IP,Organizer UPN,Media Type,Avg Jitter\n\
         198.51.100.3,anna@contoso.com,Audio,1\n",
        Role::Administrator,
    );
    assert_eq!(complaints(&session.cards()[0]), "Warning NoPeople\n");
}

#[test]
fn people_stand_in_the_order_of_any_column_and_equal_ones_by_figures_and_name() {
    use PersonColumn as C;
    type Value = fn(&Figures) -> Option<f64>;
    let columns: [(PersonColumn, Value); 9] = [
        (C::Person, |_| None),
        (C::Streams, |figures| Some(figures.n_streams as f64)),
        (C::Good, |figures| Some(figures.n_good as f64)),
        (C::Poor, |figures| Some(figures.n_poor as f64)),
        (C::Unclassified, |figures| {
            Some(figures.n_unclassified as f64)
        }),
        (C::PoorPercent, |figures| {
            figures.poor.map(|rate| rate.percent)
        }),
        (C::RoundTrip, |figures| figures.mean_round_trip_ms),
        (C::Jitter, |figures| figures.mean_jitter_ms),
        (C::PacketLoss, |figures| figures.mean_packet_loss_percent),
    ];
    let name = |row: &PersonRow| match &row.person {
        Person::Named(name) => name.to_lowercase(),
        other => panic!("an administrator sees names, not {other:?}"),
    };
    let (mut session, _) = tenant();
    for (by, value) in columns {
        for descending in [false, true] {
            let query = PeopleQuery {
                choices: Choices::default(),
                search: String::new(),
                sort: Sort { by, descending },
                window: EVERYTHING,
            };
            let Response::People(view) = session.answer(&Request::People(query)) else {
                panic!("people are answered with people");
            };
            assert!(view.rows.len() > 100);
            let turned = |order: Ordering| if descending { order.reverse() } else { order };
            let stands_before = |a: &PersonRow, b: &PersonRow| {
                let by_value = match (value(&a.figures), value(&b.figures)) {
                    (Some(a), Some(b)) => turned(a.total_cmp(&b)),
                    // Who has no value comes last either way.
                    (a, b) => b.is_some().cmp(&a.is_some()),
                };
                let by_name = name(a).cmp(&name(b));
                let first = if by == C::Person {
                    turned(by_name)
                } else {
                    by_value
                };
                let key = |figures: &Figures| (figures.n_streams, figures.n_poor, figures.n_good);
                first
                    .then_with(|| key(&b.figures).cmp(&key(&a.figures)))
                    .then(by_name)
            };
            assert!(
                view.rows.is_sorted_by(|a, b| stands_before(a, b).is_le()),
                "{by:?}, descending: {descending}"
            );
        }
    }
}
