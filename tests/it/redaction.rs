//! Canaries: a data set whose every personal cell is marked; no mark reaches a role that may not see it.

use callscope::engine::fields::{Catalog, Sensitivity, fields};
use callscope::engine::redact::{Show, show};
use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingGroup, Choices, Classifier, Days, Ends, Limits, Mapping, Media, NetworksQuery,
    PeopleQuery, PersonColumn, Request, Response, Role, Sheet, Sort, StreamsQuery,
};

use crate::files::{EVERYTHING, buildings_query, session_of};

pub(crate) const ROLES: [Role; 3] = [Role::Specialist, Role::Engineer, Role::Administrator];

/// The marked cell of a field in a row, and the class of what it gives away.
struct Canary {
    sensitivity: Sensitivity,
    text: String,
}

/// A building file, a stream export with every personal field there is, and the marks in it.
fn files() -> (Vec<(String, Vec<u8>)>, Vec<Canary>) {
    let personal: Vec<_> = fields()
        .iter()
        .filter(|(_, field)| field.sensitivity != Sensitivity::Open)
        .collect();
    let mut header = vec![
        "Media Type",
        "Is Server Pair",
        "Avg Jitter",
        "Avg Round Trip",
    ];
    header.extend(personal.iter().map(|(_, field)| field.name));
    let mut csv = header.join(",") + "\n";
    let mut canaries = Vec::new();
    for row in 0..24 {
        let mut cells = ["Audio", "Client : Client", "31", "BadSecretNumber"]
            .map(str::to_owned)
            .to_vec();
        for (id, field) in &personal {
            let cell = canary(row, id.idx(), field.name, field.sensitivity);
            canaries.push(Canary {
                sensitivity: field.sensitivity,
                text: cell.clone(),
            });
            cells.push(cell);
        }
        csv += &(cells.join(",") + "\n");
    }
    // Eighteen people at one site, six at another, each by the second end.
    let buildings = "10.200.0.0,Net,17,Large Site,,,,City,,,,,1,0,0\n10.200.128.0,Net,17,Small Site,,,,City,,,,,1,0,0\n";
    let files = [
        ("buildings.csv", buildings.to_owned()),
        ("streams.csv", csv),
    ];
    let files = files
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .to_vec();
    (files, canaries)
}

fn canary(row: usize, field: usize, name: &str, sensitivity: Sensitivity) -> String {
    let third = if row < 18 { 1 + row } else { 128 + row };
    match sensitivity {
        // With and without an asterisk that is no mask.
        Sensitivity::Phone if row.is_multiple_of(2) => format!("*1555{row:03}{field:04}"),
        Sensitivity::Phone => format!("+1555{row:03}{field:04}"),
        // A telephone as the address of a person.
        Sensitivity::Person if name.ends_with("Sip Uri") => {
            format!("sip:+1666{row:03}{field:04}@sbc.contoso.com;user=phone")
        }
        _ if name.ends_with("IP Address") => format!("10.200.{third}.{}", 100 + field % 100),
        _ if name.ends_with("Subnet") => format!("10.200.{third}.0"),
        _ if name.ends_with("IP") => format!("203.0.{row}.{}", 100 + field % 100),
        _ => format!("Secret{row}f{field}x"),
    }
}

/// Every request that the page can make, in several forms.
fn requests() -> Vec<Request> {
    let groups = [
        BuildingGroup::Building("Large Site".to_owned()),
        BuildingGroup::Building("Small Site".to_owned()),
        BuildingGroup::NotMapped,
        BuildingGroup::Together(2),
    ];
    let mut all = Vec::new();
    for choices in choices() {
        for group in &groups {
            all.extend(requests_with(choices, group));
        }
    }
    for file in [0, 1] {
        all.push(Request::Columns(file));
        all.push(Request::Download(Sheet::Rejected(file)));
        all.push(Request::Download(Sheet::ColumnMap(file)));
    }
    all.iter().for_each(assert_is_covered);
    all
}

/// Every request that counts streams, in several forms; those of one building for this one.
pub(crate) fn requests_with(choices: Choices, group: &BuildingGroup) -> Vec<Request> {
    let mut all = Vec::new();
    for search in ["", "secret", "s", "+1555", "+15550030"] {
        let mut buildings = buildings_query(choices);
        search.clone_into(&mut buildings.search);
        all.push(Request::Download(Sheet::Buildings(buildings.clone())));
        all.push(Request::Buildings(buildings));
        for by in [PersonColumn::Person, PersonColumn::Streams] {
            let people = PeopleQuery {
                choices,
                search: search.to_owned(),
                sort: Sort {
                    by,
                    descending: false,
                },
                window: EVERYTHING,
            };
            all.push(Request::Download(Sheet::People(people.clone())));
            all.push(Request::People(people));
        }
    }
    let networks = NetworksQuery {
        choices,
        building: group.clone(),
        window: EVERYTHING,
    };
    all.push(Request::Download(Sheet::Networks(networks.clone())));
    all.push(Request::Networks(networks));
    for building in [None, Some(group.clone())] {
        let streams = StreamsQuery {
            choices,
            building,
            window: EVERYTHING,
        };
        all.push(Request::Download(Sheet::Streams(streams.clone())));
        all.push(Request::Streams(streams));
    }
    all.push(Request::Download(Sheet::Overview(choices)));
    all.push(Request::Overview(choices));
    all
}

/// A request that is added must be added above, too: then this does not compile.
fn assert_is_covered(request: &Request) {
    match request {
        Request::Overview(_)
        | Request::Buildings(_)
        | Request::Networks(_)
        | Request::People(_)
        | Request::Streams(_)
        | Request::Columns(_)
        | Request::Download(
            Sheet::Overview(_)
            | Sheet::Buildings(_)
            | Sheet::Networks(_)
            | Sheet::People(_)
            | Sheet::Streams(_)
            | Sheet::Rejected(_)
            | Sheet::ColumnMap(_),
        ) => {}
    }
}

fn choices() -> [Choices; 5] {
    let limits = Limits {
        jitter_ms: Some(30.5),
        ..Limits::default()
    };
    [
        Choices {
            classifier: Classifier::Custom(limits),
            ..Choices::default()
        },
        Choices::default(),
        Choices {
            mapping: Mapping::SameAsCqd,
            media: Media::All,
            ..Choices::default()
        },
        Choices {
            ends: Ends::SecondOnly,
            ..Choices::default()
        },
        Choices {
            days: Days {
                first: Some(0),
                last: None,
            },
            ..Choices::default()
        },
    ]
}

/// All text of a response, downloads included.
fn text_of(response: &Response) -> String {
    match response {
        Response::Download(download) => String::from_utf8_lossy(&download.bytes).into_owned(),
        other => format!("{other:?}"),
    }
}

/// All that a role is ever told of a session, with the request that led to it.
pub(crate) fn everything_told(session: &mut Session) -> Vec<(String, String)> {
    let mut told: Vec<_> = requests()
        .iter()
        .map(|request| (format!("{request:?}"), text_of(&session.answer(request))))
        .collect();
    told.push(("cards".to_owned(), format!("{:?}", session.cards())));
    told
}

/// Whether a text holds a mark by itself, not as a part of a longer number or word.
pub(crate) fn holds(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let is_part = |neighbor: Option<char>| neighbor.is_some_and(|c| c.is_ascii_alphanumeric());
        !is_part(text[..at].chars().next_back()) && !is_part(text[at + mark.len()..].chars().next())
    })
}

#[test]
fn no_mark_reaches_a_role_that_may_not_see_it() {
    let (files, canaries) = files();
    for role in ROLES {
        let mut session = session_of(&files, role, usize::MAX);
        let hidden: Vec<_> = canaries
            .iter()
            .filter(|canary| show(role, canary.sensitivity) != Show::Plain)
            .collect();
        assert_eq!(hidden.is_empty(), role == Role::Administrator);
        for (request, text) in everything_told(&mut session) {
            assert!(!text.contains("BadSecretNumber"), "{role:?} {request}");
            for canary in &hidden {
                // Networks that no row of the building file explains are shown as groups of people.
                assert!(
                    !holds(&text, &canary.text),
                    "{role:?} sees {} by {request}",
                    canary.text
                );
            }
        }
    }
}

#[test]
fn marks_reach_those_who_may_see_them_so_that_the_test_can_fail() {
    let (files, _) = files();
    for role in [Role::Engineer, Role::Administrator] {
        let mut session = session_of(&files, role, usize::MAX);
        let told = everything_told(&mut session);
        let is_told = |mark: &str| told.iter().any(|(_, text)| holds(text, mark));
        let field = |name: &str| fields().id_of(name).expect("a field").idx();
        let mark = |name: &str, sensitivity| canary(3, field(name), name, sensitivity);
        assert!(
            is_told(&mark("Second UPN", Sensitivity::Person)),
            "{role:?}"
        );
        assert!(
            is_told(&mark("Second IP Address", Sensitivity::Address)),
            "{role:?}"
        );
        let phone = mark("Second Phone Number", Sensitivity::Phone);
        assert_eq!(is_told(&phone), role == Role::Administrator);
        assert!(
            role == Role::Administrator || is_told(&format!("{}***", &phone[..phone.len() - 3]))
        );
    }
}

#[test]
fn lowering_the_role_hides_at_once_and_nothing_raises_it() {
    let (files, canaries) = files();
    let mut session = session_of(&files, Role::Administrator, usize::MAX);
    session.lower_role(Role::Specialist);
    session.lower_role(Role::Administrator);
    for (request, text) in everything_told(&mut session) {
        for canary in &canaries {
            assert!(!holds(&text, &canary.text), "{} by {request}", canary.text);
        }
    }
}

#[test]
fn where_whole_names_are_required_no_role_is_told_one() {
    let (files, canaries) = files();
    let is_of_person =
        |canary: &&Canary| matches!(canary.sensitivity, Sensitivity::Person | Sensitivity::Phone);
    let names: Vec<_> = canaries.iter().filter(is_of_person).collect();
    let name = files_first_name();
    for role in ROLES {
        let mut session = session_of(&files, role, usize::MAX);
        session.require_whole_names();
        session.lower_role(role);
        for (request, text) in everything_told(&mut session) {
            for canary in &names {
                assert!(
                    !holds(&text, &canary.text),
                    "{role:?} sees {} by {request}",
                    canary.text
                );
            }
        }
        let search = |search: &str| {
            Request::Download(Sheet::People(PeopleQuery {
                choices: Choices::default(),
                search: search.to_owned(),
                sort: Sort {
                    by: PersonColumn::Person,
                    descending: false,
                },
                window: EVERYTHING,
            }))
        };
        let mut found = |words: &str| text_of(&session.answer(&search(words)));
        let by_part = found(&name[..name.len() - 1]);
        assert_eq!(by_part.lines().count(), 1, "{role:?} {by_part}");
        let by_whole_name = found(&name.to_uppercase());
        assert_eq!(by_whole_name.lines().count(), 2, "{role:?}");
        assert!(holds(&by_whole_name, &name), "{role:?}");
    }
}

/// A sign-in name of the marked export.
fn files_first_name() -> String {
    let field = fields().id_of("Second UPN").expect("a field");
    canary(3, field.idx(), "Second UPN", Sensitivity::Person)
}

#[test]
fn rows_and_cells_of_a_file_are_hidden_where_whole_names_are_required() {
    let text =
        b"Second Subnet,Avg Jitter,SecretHeading\n10.0.0.0,1,SecretNick\nSecretRow,too,short,x\n";
    let files = [("x.csv".to_owned(), text.to_vec())];
    let told = |is_required| {
        let mut session = session_of(&files, Role::Administrator, usize::MAX);
        if is_required {
            session.require_whole_names();
        }
        let told = everything_told(&mut session);
        told.iter().any(|(_, text)| text.contains("Secret"))
    };
    assert_eq!([told(false), told(true)], [true, false]);
}

#[test]
fn headings_are_not_shown_to_the_specialist() {
    let file = (
        "x.csv".to_owned(),
        b"Second Subnet,Avg Jitter,SecretHeading\n10.0.0.0,1,1\n".to_vec(),
    );
    let told = |role| {
        let mut session = session_of(std::slice::from_ref(&file), role, usize::MAX);
        format!("{:?}", session.cards())
    };
    assert!(told(Role::Engineer).contains("SecretHeading"));
    assert!(!told(Role::Specialist).contains("SecretHeading"));
}

/// Files of every table that holds no streams: each known column, one that is not known, and a row that is not used, all marked.
fn tables_of_other_kinds() -> Vec<(Catalog, String)> {
    let holds_streams = [Catalog::Cqd, Catalog::CallRecordInsights];
    let others = Catalog::all().filter(|catalog| !holds_streams.contains(catalog));
    others
        .map(|catalog| {
            let names: Vec<_> = catalog
                .fields()
                .iter()
                .map(|(_, field)| field.name)
                .collect();
            let cells: Vec<_> = (0..names.len()).map(|idx| format!("Marked{idx}")).collect();
            let text = format!(
                "{},MarkedHeading\n{},MarkedCell\n{}\n",
                names.join(","),
                cells.join(","),
                "MarkedRow,too,short"
            );
            (catalog, text)
        })
        .collect()
}

#[test]
fn no_mark_of_any_other_table_reaches_a_support_role() {
    for (catalog, text) in tables_of_other_kinds() {
        for role in ROLES {
            let files = [("x.csv".to_owned(), text.clone().into_bytes())];
            let mut session = session_of(&files, role, usize::MAX);
            for (request, text) in everything_told(&mut session) {
                // The engineer chooses what columns mean, and so sees headings; the administrator sees all.
                let text = match role {
                    Role::Specialist => text,
                    Role::Engineer => text.replace("MarkedHeading", ""),
                    Role::Administrator => continue,
                };
                assert!(
                    !text.contains("Marked"),
                    "{catalog:?} {role:?} by {request}"
                );
            }
        }
    }
}

#[test]
fn the_administrator_sees_marks_of_other_tables_so_that_the_test_can_fail() {
    let (_, text) = tables_of_other_kinds()
        .into_iter()
        .find(|(catalog, _)| *catalog == Catalog::DirectRouting)
        .expect("a table");
    let files = [("x.csv".to_owned(), text.into_bytes())];
    let mut session = session_of(&files, Role::Administrator, usize::MAX);
    let told = everything_told(&mut session);
    for mark in ["MarkedHeading", "MarkedCell", "MarkedRow"] {
        assert!(told.iter().any(|(_, text)| text.contains(mark)), "{mark}");
    }
}
