//! People as their streams make them, whatever was asked before.

use std::collections::BTreeMap;

use callscope::engine::session::Session;
use callscope::protocol::{
    Choices, Classifier, Ends, Mapping, Media, PeopleQuery, PeopleView, Person, PersonColumn,
    Request, Response, Role, Sort, Window,
};

use crate::files::{EVERYTHING, session};

fn ask(
    session: &mut Session,
    choices: Choices,
    by: PersonColumn,
    search: &str,
    window: Window,
) -> PeopleView {
    let query = PeopleQuery {
        choices,
        search: search.to_owned(),
        sort: Sort {
            by,
            descending: true,
        },
        window,
    };
    match session.answer(&Request::People(query)) {
        Response::People(view) => view,
        other => panic!("people are answered with people, not {other:?}"),
    }
}

/// Streams and mean jitter of each person by name.
type Figures = BTreeMap<String, (u64, Option<f64>)>;

fn figures(view: PeopleView) -> Figures {
    let n_rows = view.rows.len();
    let rows = view.rows.into_iter().map(|row| match row.person {
        Person::Named(name) => (name, (row.figures.n_streams, row.figures.mean_jitter_ms)),
        other => panic!("an administrator sees names, not {other:?}"),
    });
    let figures: Figures = rows.collect();
    assert_eq!(figures.len(), n_rows, "nobody stands there twice");
    figures
}

const N_PEOPLE: usize = 120;
const N_STREAMS: usize = 3_000;

fn name(person: usize) -> String {
    format!("p{person}@contoso.com")
}

/// The people at both ends of a stream; now and then it is the same one.
fn people_of(stream: usize) -> [usize; 2] {
    [stream * 7 % N_PEOPLE, stream * stream / 11 % N_PEOPLE]
}

fn is_audio(stream: usize) -> bool {
    !stream.is_multiple_of(3)
}

fn jitter_ms(stream: usize) -> usize {
    stream * 13 % 41
}

/// Two exports that have a sixth of the streams in common.
fn tenant() -> Session {
    const HEADINGS: &str = "Conference Id,Start Time,End Time,Stream Direction,Is Server Pair,First IP Address,Second IP Address,First UPN,Second UPN,Media Type,Avg Jitter\n";
    let line = |stream: usize| {
        let [first, second] = people_of(stream).map(name);
        let media = if is_audio(stream) { "Audio" } else { "Video" };
        let (minute, jitter_ms) = (stream % 60, jitter_ms(stream));
        format!(
            "c{stream},2026-10-01 10:{minute:02}:00,2026-10-01 10:{minute:02}:30,First-to-Second,Client : Client,10.0.0.1,10.0.0.2,{first},{second},{media},{jitter_ms}\n"
        )
    };
    let export = |streams: std::ops::Range<usize>| streams.map(line).collect::<String>();
    let (early, late) = (export(0..2_000), export(1_500..N_STREAMS));
    session(
        &format!("//- early.csv\n{HEADINGS}{early}//- late.csv\n{HEADINGS}{late}"),
        Role::Administrator,
    )
}

fn expected(choices: Choices) -> Figures {
    let mut sums: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    let is_chosen = |stream: &usize| choices.media == Media::All || is_audio(*stream);
    for stream in (0..N_STREAMS).filter(is_chosen) {
        let [first, second] = people_of(stream);
        let is_first_else = choices.ends == Ends::EachClient && first != second;
        let at_ends = [Some(second), is_first_else.then_some(first)];
        for person in at_ends.into_iter().flatten() {
            let (n, sum) = sums.entry(name(person)).or_default();
            *n += 1;
            *sum += jitter_ms(stream);
        }
    }
    let mean = |(n, sum): (u64, usize)| (n, Some(sum as f64 / n as f64));
    sums.into_iter()
        .map(|(name, of)| (name, mean(of)))
        .collect()
}

/// Choices that differ in everything that people could depend on.
fn choices() -> Vec<Choices> {
    let mut all = Vec::new();
    for ends in [Ends::EachClient, Ends::SecondOnly, Ends::EachClient] {
        for media in [Media::Audio, Media::All] {
            for mapping in [Mapping::MostSpecific, Mapping::SameAsCqd] {
                for classifier in [Classifier::CqdCurrent, Classifier::Cqd2018] {
                    all.push(Choices {
                        ends,
                        media,
                        mapping,
                        classifier,
                        ..Choices::default()
                    });
                }
            }
        }
    }
    all
}

#[test]
fn everybody_has_the_streams_of_the_chosen_media_at_the_ends_that_count() {
    let mut session = tenant();
    for choices in choices() {
        let view = ask(&mut session, choices, PersonColumn::Streams, "", EVERYTHING);
        assert_eq!(figures(view), expected(choices), "{choices:?}");
    }
}

#[test]
fn a_window_is_a_part_of_the_whole_list_whichever_is_asked_for_first() {
    let mut session = tenant();
    for by in [PersonColumn::Poor, PersonColumn::Jitter] {
        for search in ["", "p1"] {
            for choices in choices() {
                let mut window = |first_idx: u32, n_rows: u32| {
                    let window = Window { first_idx, n_rows };
                    ask(&mut session, choices, by, search, window)
                };
                let parts = [(0, 5), (17, 3), (10_000, 5)].map(|(first_idx, n_rows)| {
                    let part = window(first_idx, n_rows);
                    (first_idx as usize, n_rows as usize, part)
                });
                let whole = window(0, u32::MAX);
                for (first_idx, n_rows, part) in parts {
                    assert_eq!(part.n_found as usize, whole.rows.len());
                    let rows = whole.rows.iter().skip(first_idx).take(n_rows);
                    assert!(part.rows.iter().eq(rows), "{by:?} {search} {choices:?}");
                }
                let expected = expected(choices);
                for (name, of_person) in figures(whole) {
                    assert_eq!(of_person, expected[&name], "{by:?} {name} {choices:?}");
                }
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
    let mut people = |choices| {
        figures(ask(
            &mut session,
            choices,
            PersonColumn::Poor,
            "",
            EVERYTHING,
        ))
    };
    let everybody = people(Choices::default());
    let named = |name: &str| everybody[&format!("{name}@contoso.com")];
    // (100 × 4 + 20 × 16) / 120
    assert_eq!(named("anna"), (120, Some(6.0)));
    assert_eq!(named("ben"), (1, Some(7.0)));
    let day = 20_513;
    let mut choices = Choices::default();
    (choices.days.first, choices.days.last) = (Some(day), Some(day));
    let expected = BTreeMap::from([("anna@contoso.com".to_owned(), (100, Some(4.0)))]);
    assert_eq!(people(choices), expected);
}
