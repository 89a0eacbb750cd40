//! Telephone calls beside streams and call records: counted once, and never as more than is known of them.

use callscope::protocol::{Choices, Request, Response, Role};

use crate::files::session;
use crate::intake::{BUILDING, STREAM_HEADINGS, stream};

/// Calls of streams and records, telephone calls, those that are both, and whether there may be more of the first.
type Figures = (u64, u64, u64, bool);

/// The figures of calls in Overview, if there are any, whatever the order in which files are dropped.
fn figures(files: &[(&str, String)]) -> Option<Figures> {
    let mut all = Vec::new();
    for by in 0..files.len() {
        let mut files = files.to_vec();
        files.rotate_left(by);
        let files = files
            .iter()
            .map(|(name, text)| format!("//- {name}\n{text}\n"));
        let story = format!("{BUILDING}{}", files.collect::<String>());
        let mut session = session(&story, Role::Administrator);
        all.push(
            match session.answer(&Request::Overview(Choices::default())) {
                Response::Overview(view) => view.calls.map(|calls| {
                    (
                        calls.n_calls,
                        calls.n_telephone,
                        calls.n_both,
                        calls.may_be_more,
                    )
                }),
                other => panic!("no overview: {other:?}"),
            },
        );
    }
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    all[0]
}

/// Streams of calls c1, c2 and so on.
fn dashboard(calls: &[u32]) -> String {
    let rows = calls.iter().map(|call| stream(*call, *call, 10));
    STREAM_HEADINGS.to_owned() + &rows.collect::<String>()
}

/// Legs with a correlation id and a shared one.
fn direct_routing(legs: &[(&str, &str)]) -> String {
    let leg = |(own, shared): &(&str, &str)| {
        format!(
            "{own},anna@contoso.com,2026-10-01 10:00:00,2026-10-01 10:01:00,60,Yes,+1425,+1426,dr_in,{shared}\n"
        )
    };
    let headings = "CorrelationId,UPN,Invite time,End time,Duration (seconds),Success,Caller Number,Callee Number,Call type,Shared correlation ID\n";
    headings.to_owned() + &legs.iter().map(leg).collect::<String>()
}

/// The same as Graph gives them, which says nothing of transfers.
fn direct_routing_of_graph(legs: &[&str]) -> String {
    let leg = |own: &&str| {
        format!(
            r#"{{"id":"{own}","correlationId":"{own}","userPrincipalName":"anna@contoso.com","inviteDateTime":"2026-10-01T10:00:00Z",
            "endDateTime":"2026-10-01T10:01:00Z","duration":60,"callType":"dr_in","successfulCall":true,
            "callerNumber":"+1425","calleeNumber":"+1426","trunkFullyQualifiedDomainName":"sbc.contoso.com"}}"#
        )
    };
    let legs: Vec<String> = legs.iter().map(leg).collect();
    format!(r#"{{"value":[{}]}}"#, legs.join(","))
}

fn calling_plans(rows: &[[&str; 3]]) -> String {
    let row = |[usage, call, conference]: &[&str; 3]| {
        format!(
            "{usage},{call},{conference},2026-10-01 10:00:00,2026-10-01 10:01:00,60,user_out,+1425,Domestic,US,+1426,MCOPSTN1,0.01\n"
        )
    };
    let headings = "UsageId,Call ID,Conference ID,Start Time,End Time,Duration Seconds,Call Type,Caller ID,Domestic/International,Destination Dialed,Destination Number,Capability,Charge\n";
    headings.to_owned() + &rows.iter().map(row).collect::<String>()
}

#[test]
fn calls_of_calling_plans_are_not_added_to_those_that_may_be_the_same() {
    let plans = calling_plans(&[
        ["u1", "1835317186_112562680@192.0.2.7", ""],
        ["u2", "C2", ""],
        ["u2", "C2", ""],
        ["u3", "x", "491234567"],
        ["u4", "y", "C2"],
    ]);
    let streams = ("cqd.csv", dashboard(&[1, 2]));
    assert_eq!(
        figures(&[streams.clone(), ("plans.csv", plans.clone())]),
        Some((2, 4, 2, false))
    );
    assert_eq!(figures(&[("plans.csv", plans)]), Some((0, 4, 0, false)));
    assert_eq!(figures(&[streams]), Some((2, 0, 0, false)));
}

#[test]
fn legs_of_a_transfer_are_one_telephone_call_whatever_file_they_are_in() {
    let (both, streams) = ([("c1", "C1"), ("c2", "c1")], |calls| {
        ("cqd.csv", dashboard(calls))
    });
    let whole = ("dr.csv", direct_routing(&both));
    let parts = both.map(|leg| direct_routing(&[leg]));
    let parts = [("a.csv", parts[0].clone()), ("b.csv", parts[1].clone())];
    for (calls, expected) in [
        (&[][..], Some((0, 1, 0, false))),
        (&[2], Some((1, 1, 1, false))),
        (&[1, 2], Some((2, 1, 1, false))),
        (&[7], Some((1, 1, 0, false))),
    ] {
        let mut files = vec![whole.clone()];
        files.extend((!calls.is_empty()).then(|| streams(calls)));
        assert_eq!(figures(&files), expected, "{calls:?}");
        files.splice(..1, parts.clone());
        assert_eq!(figures(&files), expected, "{calls:?} in two files");
    }
    // One that was transferred again.
    let chain = direct_routing(&[("c1", ""), ("c2", "c1"), ("c3", "c2")]);
    assert_eq!(figures(&[("dr.csv", chain)]), Some((0, 1, 0, false)));
    // The first leg may not say that it was transferred, or be in a file that says nothing of transfers.
    let legs = direct_routing(&[("c1", ""), ("c2", "c1"), ("c3", "")]);
    assert_eq!(figures(&[("dr.csv", legs)]), Some((0, 2, 0, false)));
    for name in ["a.json", "z.json"] {
        let graph = (name, direct_routing_of_graph(&["c1", "c2"]));
        assert_eq!(
            figures(&[whole.clone(), graph]),
            Some((0, 1, 0, false)),
            "{name}"
        );
    }
}

#[test]
fn streams_that_do_not_say_their_call_may_be_of_more_calls() {
    let headings = "Conference Id,Second Subnet,Second UPN,Media Type,End Time,Avg Jitter\n";
    let row = "10.1.2.0,anna@contoso.com,Audio,2026-10-01T10:00:00,10\n";
    let blank = ("cqd.csv", format!("{headings},{row}"));
    assert_eq!(figures(std::slice::from_ref(&blank)), None);
    let without = headings.replacen("Conference Id,", "", 1);
    for unnamed in [blank, ("cqd.csv", format!("{without}{row}"))] {
        let telephone = ("dr.csv", direct_routing(&[("c1", "")]));
        assert_eq!(figures(&[unnamed, telephone]), Some((0, 1, 0, true)));
    }
    let partly = format!("{headings}c1,{row},{row}");
    assert_eq!(figures(&[("cqd.csv", partly)]), Some((1, 0, 0, true)));
}
