//! Object ids lead to the sign-in names that they ever came with.

use callscope::protocol::{
    Choices, PeopleQuery, Person, PersonColumn, Request, Response, Role, Sort,
};

use crate::files::{EVERYTHING, buildings_table, session};

/// How many there are of both.
fn streams_and_people(story: &str) -> String {
    let mut session = session(story, Role::Administrator);
    let table = buildings_table(&mut session, Choices::default(), &["streams", "people"]);
    table.trim().to_owned()
}

#[test]
fn an_object_id_in_any_case_leads_to_the_sign_in_name_that_it_ever_came_with() {
    let story = "//- s.csv\nSecond IP Address,Second UPN,Second User ObjectId,Avg Jitter\n\
        10.0.0.1,,1111-AAAA,1\n10.0.0.1,Anna@contoso.com,1111-aaaa,1\n10.0.0.1,anna@contoso.com,,1\n\
        10.0.0.1,,2222-bbbb,1\n10.0.0.1,,2222-BBBB,1\n";
    assert_eq!(streams_and_people(story), "5 | 2");
}

#[test]
fn an_object_id_leads_to_a_name_that_it_came_with_at_the_other_end_of_another_file() {
    let story = "//- a.csv\nFirst IP Address,First UPN,First User ObjectId,Avg Jitter\n\
        10.0.0.1,anna@contoso.com,1111-AAAA,1\n10.0.0.1,,,1\n\
        //- b.csv\nSecond IP Address,Second User ObjectId,Avg Jitter\n\
        10.0.0.1,1111-aaaa,1\n10.0.0.1,2222-bbbb,1\n";
    assert_eq!(streams_and_people(story), "4 | 2");
}

#[test]
fn a_name_of_nothing_but_blanks_is_none() {
    let story = "//- s.csv\nSecond IP Address,Second UPN,Second User ObjectId,Avg Jitter\n\
        10.0.0.1,\u{a0},1111-aaaa,1\n10.0.0.1,\u{a0},2222-bbbb,1\n10.0.0.1,anna@contoso.com,3333,1\n";
    assert_eq!(streams_and_people(story), "3 | 3");
}

/// Names with blanks around, as no-break spaces in a cell are.
#[test]
fn who_has_an_object_id_does_not_depend_on_blanks_or_the_order_of_files() {
    let file = |name: &str, upn: &str| {
        let row = format!(
            "10.0.0.1,\u{b},1111-aaaa,1\n10.0.0.1,{upn},1111-aaaa,1\n10.0.0.1,,\u{a0}1111-aaaa,1\n"
        );
        (
            name.to_owned(),
            format!("Second IP Address,Second UPN,Second User ObjectId,Avg Jitter\n{row}")
                .into_bytes(),
        )
    };
    let (zed, amy, nobody) = ("\u{a0}zed@contoso.com", "amy@contoso.com", "\u{b}");
    for names in [[zed, amy, nobody], [amy, nobody, zed], [nobody, zed, amy]] {
        let files = [
            ("a.csv", names[0]),
            ("b.csv", names[1]),
            ("c.csv", names[2]),
        ];
        let files: Vec<_> = files.map(|(name, upn)| file(name, upn)).into();
        let mut session = crate::files::session_of(&files, Role::Administrator, 64);
        let query = PeopleQuery {
            choices: Choices::default(),
            search: String::new(),
            sort: Sort {
                by: PersonColumn::Streams,
                descending: true,
            },
            window: EVERYTHING,
        };
        let Response::People(view) = session.answer(&Request::People(query)) else {
            panic!("people are answered with people");
        };
        let people = view.rows.iter();
        let people: Vec<_> = people
            .map(|row| (row.person.clone(), row.figures.n_streams))
            .collect();
        let named = |name: &str| Person::Named(name.to_owned());
        assert_eq!(
            people,
            [(named("amy@contoso.com"), 8), (named("zed@contoso.com"), 1)],
            "{names:?}"
        );
    }
}
