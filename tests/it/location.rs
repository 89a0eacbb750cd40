//! The decision table of mapping, through whole files.

use callscope::protocol::{Choices, Mapping, Request, Response, Role};

use crate::files::{buildings_table, complaints, session};
use crate::intake::streams_query;

/// The building of one stream's second end, by mapping.
fn building(rows: &[&str], address: &str, subnet: &str, public: &str, mapping: Mapping) -> String {
    let rows: String = rows
        .iter()
        .map(|row| {
            let (network, name) = row.split_once(' ').expect("network and name");
            let (address, prefix) = network.split_once('/').expect("a prefix");
            format!("{address}\t{name}\t{prefix}\t{name}\t\t\t\t\t\t\t\t\t1\t0\t0\n")
        })
        .collect();
    let story = format!(
        "//- b.tsv\n{rows}//- s.csv\nSecond IP Address,Second Subnet,Second Reflexive Local IP,Avg Jitter,Is Server Pair\n\
         {address},{subnet},{public},1,Client : Server\n"
    );
    let choices = Choices {
        mapping,
        ..Choices::default()
    };
    let table = buildings_table(
        &mut session(&story, Role::Administrator),
        choices,
        &["building"],
    );
    table.trim().to_owned()
}

#[test]
fn each_line_of_the_decision_table_holds() {
    let nested = ["10.0.0.0/8 Wide", "10.0.128.0/32 Exact"];
    let halves = ["10.1.2.0/25 East", "10.1.2.128/25 West"];
    let public = ["198.51.100.0/28 Branch", "10.0.0.0/8 Wide"];
    let v6 = ["2001:db8::/32 Six", "2001:db8:0:7::/64 Inner"];
    let mapped = ["::ffff:10.1.2.0/120 Office", "::ffff:10.1.0.0/16 Wrong"];
    for (rows, address, subnet, reflexive, most_specific, same_as_cqd) in [
        (&mapped, "10.1.2.7", "10.1.2.0", "", "Office", "Office"),
        (
            &mapped,
            "10.1.3.7",
            "10.1.3.0",
            "",
            "(not mapped)",
            "(not mapped)",
        ),
        (&nested, "10.0.128.57", "10.0.128.0", "", "Exact", "Exact"),
        (&halves, "10.1.2.200", "10.1.2.0", "", "West", "East"),
        (
            &public,
            "192.168.1.4",
            "192.168.1.0",
            "198.51.100.3",
            "Branch",
            "(not mapped)",
        ),
        (
            &public,
            "192.168.1.4",
            "10.4.0.0",
            "198.51.100.3",
            "Wide",
            "Wide",
        ),
        (
            &public,
            "10.9.9.9",
            "",
            "198.51.100.3",
            "Wide",
            "(not mapped)",
        ),
        (&v6, "2001:db8:0:7::9", "", "", "Inner", "(not mapped)"),
        (&v6, "2001:db8:0:8::9", "", "", "Six", "(not mapped)"),
        (&nested, "0.0.0.0", "", "", "(not mapped)", "(not mapped)"),
        (
            &nested,
            "no address",
            "10.0.1.12.0",
            "",
            "(not mapped)",
            "(not mapped)",
        ),
    ] {
        let found = |mapping| building(rows, address, subnet, reflexive, mapping);
        assert_eq!(
            found(Mapping::MostSpecific),
            most_specific,
            "{address} {subnet} {reflexive}"
        );
        assert_eq!(
            found(Mapping::SameAsCqd),
            same_as_cqd,
            "{address} {subnet} {reflexive}"
        );
    }
}

/// Shops with the same private network, one of them without a public address; and a network of one shop alone.
const SHOPS: &str = "\
192.168.1.0\tA\t24\tStore A\t\t\t\tOslo\t\tNO\t\t\t1\t0\t0\t198.51.100.10
192.168.1.0\tB\t24\tStore B\t\t\t\tBergen\t\tNO\t\t\t1\t0\t0\t198.51.100.20
10.7.0.0\tC\t16\tStore C\t\t\t\tMoss\t\tNO\t\t\t1\t0\t0\t198.51.100.30
198.51.100.40\tD\t32\tStore D\t\t\t\tRana\t\tNO\t\t\t1\t0\t0\t
";

const OTHERS: &str = "192.168.1.0\tE\t24\tAll others\t\t\t\tOslo\t\tNO\t\t\t1\t0\t0\t\n";

#[test]
fn sites_with_the_same_private_network_are_told_apart_by_their_public_address() {
    let shop = "192.168.1.50,192.168.1.0";
    for (others, keys, most_specific, same_as_cqd) in [
        ("", format!("{shop},198.51.100.20,"), "Store B", "Store B"),
        ("", format!("{shop},,198.51.100.10"), "Store A", "Store A"),
        ("", format!("{shop},,"), "(not mapped)", "(not mapped)"),
        (
            "",
            format!("{shop},203.0.113.1,"),
            "(not mapped)",
            "(not mapped)",
        ),
        (
            "",
            format!("{shop},198.51.100.40,"),
            "Store D",
            "(not mapped)",
        ),
        (
            OTHERS,
            format!("{shop},198.51.100.20,"),
            "Store B",
            "Store B",
        ),
        (
            OTHERS,
            format!("{shop},203.0.113.1,"),
            "All others",
            "All others",
        ),
        (
            "",
            "10.7.1.2,10.7.1.0,203.0.113.1,".to_owned(),
            "Store C",
            "Store C",
        ),
    ] {
        let story = format!(
            "//- b.tsv\n{SHOPS}{others}//- s.csv\nSecond IP Address,Second Subnet,Second Reflexive Local IP,Second Public IP,\
             Avg Jitter,Is Server Pair\n{keys},1,Client : Server\n"
        );
        for (mapping, expected) in [
            (Mapping::MostSpecific, most_specific),
            (Mapping::SameAsCqd, same_as_cqd),
        ] {
            let choices = Choices {
                mapping,
                ..Choices::default()
            };
            let mut session = session(&story, Role::Administrator);
            let table = buildings_table(&mut session, choices, &["building"]);
            assert_eq!(table.trim(), expected, "{keys} {mapping:?} {others}");
            let mut query = streams_query();
            if let Request::Streams(query) = &mut query {
                query.choices.mapping = mapping;
            }
            let Response::Streams(view) = session.answer(&query) else {
                panic!("streams");
            };
            // The list of streams says the same of each one.
            let place = view.rows[0].second.place.as_ref();
            let building = place.map_or("(not mapped)", |place| &place.building);
            assert_eq!(building, expected, "{keys} {mapping:?} {others}");
            let says_otherwise = place.and_then(|place| place.subnet_says.as_ref());
            assert_eq!(says_otherwise, None, "{keys} {mapping:?} {others}");
        }
    }
}

#[test]
fn the_same_site_twice_is_a_duplicate_and_a_public_address_that_is_none_is_warned_of() {
    let again = SHOPS.replacen("198.51.100.20", "198.51.100.10", 1);
    let odd = SHOPS.replacen("198.51.100.20", "everywhere", 1);
    for (rows, code, duplicates) in [
        (SHOPS, "", 0),
        (&again, "Warning SameNetworkTwice line 2 column 1", 1),
        (&odd, "Warning NotAnAddress line 2 column 16", 0),
    ] {
        let card = session(&format!("//- b.tsv\n{rows}"), Role::Administrator)
            .cards()
            .remove(0);
        assert!(complaints(&card).contains(code), "{}", complaints(&card));
        assert_eq!(card.rows.duplicates, duplicates, "{code}");
    }
}
