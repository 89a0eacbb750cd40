//! People as their streams make them, whatever was asked before.

use std::collections::BTreeMap;

use callscope::engine::session::Session;
use callscope::protocol::{
    Choices, Ends, Media, PeopleQuery, Person, PersonColumn, Request, Response, Role, Sort,
};

use crate::files::{EVERYTHING, session};

/// Streams and mean jitter of each person by name.
type Figures = BTreeMap<String, (u64, Option<f64>)>;

fn people(session: &mut Session, choices: Choices, by: PersonColumn) -> Figures {
    let query = PeopleQuery {
        choices,
        search: String::new(),
        sort: Sort {
            by,
            descending: true,
        },
        window: EVERYTHING,
    };
    let Response::People(view) = session.answer(&Request::People(query)) else {
        panic!("people are answered with people");
    };
    let rows = view.rows.into_iter().map(|row| match row.person {
        Person::Named(name) => (name, (row.figures.n_streams, row.figures.mean_jitter_ms)),
        other => panic!("an administrator sees names, not {other:?}"),
    });
    rows.collect()
}

#[test]
fn everybody_has_the_streams_of_the_chosen_media_at_the_ends_that_count() {
    const N_PEOPLE: usize = 7;
    let name = |person: usize| format!("p{person}@contoso.com");
    let drawn = |row: usize| [row * 5 % N_PEOPLE, row * row % N_PEOPLE];
    let is_audio = |row: usize| !row.is_multiple_of(3);
    let jitter_ms = |row: usize| row % 11;
    let streams = (0..3_000).map(|row| {
        let [first, second] = drawn(row).map(name);
        let media = if is_audio(row) { "Audio" } else { "Video" };
        format!(
            "Client : Client,10.0.0.1,10.0.0.2,{first},{second},{media},{}\n",
            jitter_ms(row)
        )
    });
    let streams: String = streams.collect();
    let headings = "Is Server Pair,First IP Address,Second IP Address,First UPN,Second UPN,Media Type,Avg Jitter\n";
    let mut session = session(
        &format!("//- s.csv\n{headings}{streams}"),
        Role::Administrator,
    );
    let expected = |choices: Choices| -> Figures {
        let mut sums: BTreeMap<String, (u64, usize)> = BTreeMap::new();
        for row in (0..3_000).filter(|row| choices.media == Media::All || is_audio(*row)) {
            let [first, second] = drawn(row);
            let is_first_else = choices.ends == Ends::EachClient && first != second;
            for person in [Some(second), is_first_else.then_some(first)]
                .into_iter()
                .flatten()
            {
                let (n, sum) = sums.entry(name(person)).or_default();
                *n += 1;
                *sum += jitter_ms(row);
            }
        }
        let mean = |(n, sum): (u64, usize)| (n, Some(sum as f64 / n as f64));
        sums.into_iter()
            .map(|(name, of)| (name, mean(of)))
            .collect()
    };
    for ends in [Ends::EachClient, Ends::SecondOnly, Ends::EachClient] {
        for media in [Media::Audio, Media::All] {
            for by in [PersonColumn::Streams, PersonColumn::Jitter] {
                let choices = Choices {
                    ends,
                    media,
                    ..Choices::default()
                };
                assert_eq!(
                    people(&mut session, choices, by),
                    expected(choices),
                    "{choices:?}"
                );
            }
        }
    }
}

#[test]
fn people_of_rows_that_stand_for_many_streams_have_all_of_these() {
    let text = "Second UPN,Second IP Address,Date,Audio Good Stream Count,Audio Poor Stream Count,Avg Jitter\n\
        anna@contoso.com,10.1.2.3,2026-03-01,90,10,4\n\
        anna@contoso.com,10.1.2.3,2026-03-02,10,10,16\n\
        ben@contoso.com,10.1.2.4,2026-03-02,1,0,7\n";
    let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
    let everybody = people(&mut session, Choices::default(), PersonColumn::Poor);
    let named = |name: &str| everybody[&format!("{name}@contoso.com")];
    // (100 × 4 + 20 × 16) / 120
    assert_eq!(named("anna"), (120, Some(6.0)));
    assert_eq!(named("ben"), (1, Some(7.0)));
    let day = 20_513;
    let mut choices = Choices::default();
    (choices.days.first, choices.days.last) = (Some(day), Some(day));
    let on_the_first = people(&mut session, choices, PersonColumn::Poor);
    assert_eq!(
        on_the_first,
        BTreeMap::from([("anna@contoso.com".to_owned(), (100, Some(4.0)))])
    );
}
