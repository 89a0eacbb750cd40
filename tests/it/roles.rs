//! What each role is answered.

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingGroup, Choices, Classifier, Days, Limits, PeopleQuery, Person, PersonColumn, Request,
    Response, Role, Sort, StreamsQuery, Withheld,
};
use expect_test::expect;

use crate::files::{EVERYTHING, buildings_table, session};
use crate::redaction::requests_with;

/// Seven people in the office, two in the kiosk, three in the depot, one at home.
fn story() -> String {
    let mut story = String::from(
        "//- b.tsv\n10.1.0.0\tO\t24\tOffice\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n\
         10.2.0.0\tK\t24\tKiosk\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n\
         10.3.0.0\tD\t24\tDepot\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n\
         //- s.csv\nSecond IP Address,Second UPN,Second Phone Number,Second Tenant Id,Avg Jitter,Is Server Pair,End Time\n",
    );
    let mut add = |network: u32, n_people: u32, domain: &str, tenant: &str| {
        for person in 0..n_people {
            story += &format!(
                "10.{network}.0.{person},p{network}{person}@{domain},+155528234{network}{person},{tenant},40,Client : Server,2026-03-0{network}T10:00:00\n"
            );
        }
    };
    add(1, 7, "contoso.com", "own");
    add(2, 2, "contoso.com", "own");
    add(3, 3, "fabrikam.com", "other");
    story
}

fn people(session: &mut Session, search: &str) -> Vec<(Person, Option<String>)> {
    let query = PeopleQuery {
        choices: Choices::default(),
        search: search.to_owned(),
        sort: Sort {
            by: PersonColumn::Person,
            descending: false,
        },
        window: EVERYTHING,
    };
    match session.answer(&Request::People(query)) {
        Response::People(view) => view
            .rows
            .into_iter()
            .map(|row| (row.person, row.phone))
            .collect(),
        other => panic!("not people: {other:?}"),
    }
}

#[test]
fn the_specialist_sees_small_buildings_together_only() {
    let mut session = session(&story(), Role::Specialist);
    let table = buildings_table(
        &mut session,
        Choices::default(),
        &["building", "streams", "people"],
    );
    expect![[r#"
        Office | 7 | 7
        (2 buildings together) | 5 | 5
    "#]]
    .assert_eq(&table);
}

#[test]
fn streams_that_are_not_mapped_are_no_building() {
    let story = format!(
        "{}10.9.0.1,lost@contoso.com,+15552823499,own,40,Client : Server,2026-03-01T10:00:00\n",
        story()
    );
    for role in [Role::Specialist, Role::Administrator] {
        match session(&story, role).answer(&Request::Overview(Choices::default())) {
            Response::Overview(overview) => assert_eq!(overview.n_buildings, 3),
            other => panic!("no overview: {other:?}"),
        }
    }
}

#[test]
fn the_specialist_gets_nothing_where_there_are_too_few_people_in_all() {
    let small = story()
        .lines()
        .filter(|line| !line.starts_with("10.1.0"))
        .collect::<Vec<_>>()
        .join("\n");
    let small = small
        .lines()
        .filter(|line| !line.contains("fabrikam"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut session = session(&small, Role::Specialist);
    let table = buildings_table(&mut session, Choices::default(), &["building"]);
    assert_eq!(table, "");
    let Response::Overview(overview) = session.answer(&Request::Overview(Choices::default()))
    else {
        panic!("an overview was asked for");
    };
    assert_eq!((overview.total, overview.n_with_ends), (None, 0));
}

/// How many people are told to be internal, and how many external.
fn n_of_kinds(rows: &[(Person, Option<String>)]) -> [usize; 2] {
    [Person::InternalUser, Person::ExternalUser]
        .map(|kind| rows.iter().filter(|(known, _)| *known == kind).count())
}

#[test]
fn tenant_ids_are_the_same_in_capitals() {
    let mut own = story();
    for person in 0..4 {
        own = own.replace(
            &format!("1555282341{person},own"),
            &format!("1555282341{person},OWN"),
        );
    }
    let rows = people(&mut session(&own, Role::Specialist), "");
    assert_eq!(n_of_kinds(&rows), [9, 3]);
}

#[test]
fn for_the_specialist_no_order_tells_in_which_one_the_files_name_people() {
    let files = |names: [&str; 2]| {
        let rows = names.map(|name| {
            let jitter = name.len();
            let phone = 14_255_550_000 + 1_000 * jitter as u64;
            format!("10.1.0.1,{name},{jitter},\n10.1.0.1,{name}.b,{jitter},\n10.1.0.1,{name}.c,7,+{phone}\n")
        });
        format!(
            "//- s.csv\nSecond IP Address,Second UPN,Avg Jitter,Second Phone Number\n{}",
            rows.concat()
        )
    };
    for (by, descending) in [
        (PersonColumn::Person, false),
        (PersonColumn::Streams, true),
        (PersonColumn::Poor, false),
    ] {
        let order = |names, role| {
            let query = PeopleQuery {
                choices: Choices::default(),
                search: String::new(),
                sort: Sort { by, descending },
                window: EVERYTHING,
            };
            match session(&files(names), role).answer(&Request::People(query)) {
                Response::People(view) => view.rows,
                other => panic!("not people: {other:?}"),
            }
        };
        let (one, other) = (["anna@x.com", "zoe@x.com"], ["zoe@x.com", "anna@x.com"]);
        assert_eq!(order(one, Role::Specialist), order(other, Role::Specialist));
    }
}

#[test]
fn without_tenants_the_most_common_domain_tells_who_is_internal() {
    let no_tenants = story().replace("Second Tenant Id", "Note");
    let kinds = |story: &str| n_of_kinds(&people(&mut session(story, Role::Specialist), ""));
    assert_eq!(kinds(&no_tenants), [9, 3]);
    // Not the first one in order.
    assert_eq!(kinds(&no_tenants.replace("contoso", "litware")), [9, 3]);
    let other_case = no_tenants.replace("p10@contoso.com", "P10@Contoso.COM");
    assert_eq!(kinds(&other_case), [9, 3]);
    for no_domain in ["p10", "p10@"] {
        let no_domain = no_tenants.replace("p10@contoso.com", no_domain);
        assert_eq!(kinds(&no_domain), [8, 4]);
    }
    assert_eq!(kinds(&no_tenants.replace('@', "-")), [0, 12]);
}

#[test]
fn the_specialist_sees_kinds_of_people_and_masked_numbers() {
    let rows = people(&mut session(&story(), Role::Specialist), "");
    assert_eq!(n_of_kinds(&rows), [9, 3]);
    assert!(
        rows.iter()
            .all(|(_, phone)| phone.as_ref().is_some_and(|phone| phone.ends_with("***")))
    );
}

#[test]
fn only_a_whole_name_finds_somebody_for_the_specialist() {
    let mut session = session(&story(), Role::Specialist);
    assert_eq!(people(&mut session, "contoso"), []);
    let found = people(&mut session, "P10@contoso.com");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, Person::Named("p10@contoso.com".to_owned()));
}

#[test]
fn engineers_see_names_but_not_whole_numbers() {
    let rows = people(&mut session(&story(), Role::Engineer), "p10");
    let expected = (
        Person::Named("p10@contoso.com".to_owned()),
        Some("+15552823***".to_owned()),
    );
    assert_eq!(rows, [expected]);
}

#[test]
fn administrators_see_numbers_as_the_export_holds_them() {
    let rows = people(&mut session(&story(), Role::Administrator), "p10");
    assert_eq!(rows[0].1.as_deref(), Some("+15552823410"));
}

#[test]
fn no_search_finds_the_digits_that_a_mask_hides() {
    for role in [Role::Specialist, Role::Engineer] {
        let by_phone = story()
            .replace("@contoso.com", "")
            .replace(",p", ",+1555777");
        let mut session = session(&by_phone, role);
        assert!(
            people(&mut session, "")
                .iter()
                .all(|(person, _)| match person {
                    Person::Named(name) => name.ends_with("***"),
                    Person::InternalUser | Person::ExternalUser => role == Role::Specialist,
                })
        );
        for search in ["+155577710", "710", "+155528234", "23410"] {
            assert_eq!(people(&mut session, search), [], "{role:?} {search}");
        }
    }
}

#[test]
fn limits_of_ones_own_are_not_for_the_specialist() {
    let choices = Choices {
        classifier: Classifier::Custom(Limits::default()),
        ..Choices::default()
    };
    let answer = |role| session(&story(), role).answer(&Request::Overview(choices));
    assert_eq!(answer(Role::Specialist), Response::NotForRole);
    assert!(matches!(answer(Role::Engineer), Response::Overview(_)));
}

#[test]
fn days_are_not_for_the_specialist_in_any_request() {
    // The office has its streams on one day: a choice of days would tell its people from all others.
    let march = |day: i32| Some(20_513 + day - 1);
    for (first, last) in [(march(1), march(1)), (march(1), None), (None, march(30))] {
        let choices = Choices {
            days: Days { first, last },
            ..Choices::default()
        };
        let office = BuildingGroup::Building("Office".to_owned());
        for request in requests_with(choices, &office) {
            let answer = |role| session(&story(), role).answer(&request);
            assert_eq!(
                answer(Role::Specialist),
                Response::NotForRole,
                "{request:?}"
            );
            assert_ne!(answer(Role::Engineer), Response::NotForRole, "{request:?}");
        }
    }
}

#[test]
fn a_lowered_role_loses_its_days() {
    let mut session = session(&story(), Role::Engineer);
    let choices = Choices {
        days: Days {
            first: None,
            last: Some(20_513),
        },
        ..Choices::default()
    };
    let ask = |session: &mut Session| buildings_table(session, choices, &["building", "streams"]);
    assert_eq!(ask(&mut session), "Office | 7\n");
    session.lower_role(Role::Specialist);
    let request = Request::Overview(choices);
    assert_eq!(session.answer(&request), Response::NotForRole);
}

#[test]
fn where_nobody_is_named_the_specialist_is_told_so() {
    let nameless = "//- s.csv\nSecond IP Address,Avg Jitter\n10.1.0.1,4\n10.1.0.2,4\n";
    let overview =
        |role| match session(nameless, role).answer(&Request::Overview(Choices::default())) {
            Response::Overview(overview) => overview,
            other => panic!("not an overview: {other:?}"),
        };
    assert_eq!(overview(Role::Specialist).withheld, Withheld::PeopleUnknown);
    assert_eq!(overview(Role::Specialist).total, None);
    let total = overview(Role::Engineer)
        .total
        .expect("engineers see totals");
    assert_eq!((total.n_streams, total.n_people), (2, None));
}

#[test]
fn streams_of_a_building_are_not_for_the_specialist() {
    let query = |building| StreamsQuery {
        choices: Choices::default(),
        building,
        window: EVERYTHING,
    };
    let mut session = session(&story(), Role::Specialist);
    let office = Some(BuildingGroup::Building("Office".to_owned()));
    assert_eq!(
        session.answer(&Request::Streams(query(office))),
        Response::NotForRole
    );
    let Response::Streams(view) = session.answer(&Request::Streams(query(None))) else {
        panic!("streams were asked for");
    };
    assert_eq!(view.n_all, 12);
    assert!(
        view.rows
            .iter()
            .all(|row| row.second.place.is_none() && row.second.address.is_none())
    );
}
