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

/// Rows of a building file: network, building, public address of the site.
fn building_rows(rows: &str) -> String {
    let row = |row: &str| {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let (network, prefix) = cells[0].split_once('/').expect("a prefix");
        let (building, public) = (cells[1], cells.get(2).unwrap_or(&""));
        format!("{network}\t\t{prefix}\t{building}\t\t\t\t\t\t\t\t\t1\t0\t0\t{public}\n")
    };
    rows.split(", ").map(row).collect()
}

/// Shops with the same private network, and others.
const SHOPS: &str = "192.168.1.0/24 A 198.51.100.10, 192.168.1.0/24 B 198.51.100.20, 10.7.0.0/16 C 198.51.100.30, 198.51.100.40/32 D";

/// A wide network with two ways out.
const HQ2: &str = "192.0.0.0/8 HQ 198.51.100.1, 192.0.0.0/8 HQ 198.51.100.2";

/// A building file; address, subnet and public addresses of an end; its building, in both mappings.
const SITES: &str = "\
the public address chooses, and without one nothing does
SHOPS: 192.168.1.50 192.168.1.0 198.51.100.20 - = B B
SHOPS: 192.168.1.50 192.168.1.0 - 198.51.100.10 = A A
SHOPS: 192.168.1.50 192.168.1.0 - - = - -
SHOPS: 192.168.1.50 192.168.1.0 203.0.113.1 - = - -
SHOPS: 192.168.1.50 192.168.1.0 198.51.100.40 - = D -
a network with one row is there whatever its public address is
SHOPS: 10.7.1.2 10.7.1.0 203.0.113.1 - = C C
a row without a public address stands for all others
SHOPS, 192.168.1.0/24 E: 192.168.1.50 192.168.1.0 198.51.100.20 - = B B
SHOPS, 192.168.1.0/24 E: 192.168.1.50 192.168.1.0 203.0.113.1 - = E E
SHOPS, 192.168.1.0/24 E 0.0.0.0: 192.168.1.50 192.168.1.0 - - = E E
a prefix of all bits is no other address, and a site whose address cannot be read is that of no end
SHOPS, 192.168.1.0/24 E 198.51.100.50/32: 192.168.1.50 192.168.1.0 198.51.100.50 - = E E
SHOPS, 192.168.1.0/24 E 2001:db8::5/128: 192.168.1.50 192.168.1.0 2001:db8::5 - = E E
SHOPS, 192.168.1.0/24 E 2001:db8::/32: 192.168.1.50 192.168.1.0 2001:db8:: - = - -
SHOPS, 192.168.1.0/24 E everywhere: 192.168.1.50 192.168.1.0 203.0.113.1 - = - -
rows of one building need no public address
192.168.1.0/24 A 198.51.100.10, 192.168.1.0/24 A 198.51.100.11: 192.168.1.50 192.168.1.0 - - = A A
where no site fits, a wider network does, or the subnet
SHOPS, 192.168.0.0/16 Home: 192.168.1.50 192.168.1.0 203.0.113.1 - = Home Home
SHOPS, 192.168.0.0/16 Home: 192.168.1.50 192.168.1.0 198.51.100.10 - = A A
HQ2, SHOPS, 192.168.0.0/16 Home: 192.168.1.50 192.168.1.0 198.51.100.1 - = Home Home
HQ2, SHOPS: 192.168.1.50 192.168.1.0 198.51.100.1 - = HQ HQ
HQ2, SHOPS, 192.0.0.0/7 Home: 192.168.1.50 192.168.1.0 203.0.113.1 - = HQ HQ
HQ2, SHOPS: 192.168.1.50 192.168.1.0 203.0.113.1 198.51.100.20 = B B
2001:db8::/64 A 198.51.100.10, 2001:db8::/64 B 198.51.100.20: 2001:db8::7 2001:db8:: 198.51.100.20 - = B B
10.1.2.0/24 HQ, 10.1.2.128/25 S 198.51.100.10, 10.1.2.128/25 T 198.51.100.20: 10.1.2.200 10.1.2.0 203.0.113.1 - = HQ HQ
10.1.2.0/24 HQ, 10.1.2.128/25 S 198.51.100.10, 10.1.2.128/25 T 198.51.100.20: 10.1.2.200 10.1.2.0 198.51.100.20 - = T HQ
sites with the same public network are told apart, too
203.0.113.0/24 A 203.0.113.5, 203.0.113.0/24 B 203.0.113.9: 192.168.7.7 192.168.7.0 203.0.113.9 - = B -
203.0.113.0/24 A 203.0.113.5, 203.0.113.0/24 B 203.0.113.9: 192.168.7.7 192.168.7.0 203.0.113.77 - = - -
";

#[test]
fn sites_with_the_same_network_are_told_apart_by_their_public_address() {
    for case in SITES.lines().filter(|line| line.contains(": ")) {
        let (rows, rest) = case.split_once(": ").expect("rows");
        let (keys, expected) = rest.split_once(" = ").expect("keys");
        let (rows, keys) = (
            building_rows(&rows.replace("SHOPS", SHOPS).replace("HQ2", HQ2)),
            keys.replace(' ', ","),
        );
        let story = format!(
            "//- b.tsv\n{rows}//- s.csv\nSecond IP Address,Second Subnet,Second Reflexive Local IP,Second Public IP,\
             Avg Jitter,Is Server Pair\n{keys},1,Client : Server\n"
        );
        let mappings = [Mapping::MostSpecific, Mapping::SameAsCqd];
        for (mapping, expected) in mappings.into_iter().zip(expected.split(' ')) {
            let choices = Choices {
                mapping,
                ..Choices::default()
            };
            let mut session = session(&story, Role::Administrator);
            let table = buildings_table(&mut session, choices, &["building"]);
            let building = table.trim().replace("(not mapped)", "-");
            assert_eq!(building, expected, "{case} {mapping:?}");
            // The list of streams says the same of each one.
            let mut query = streams_query();
            if let Request::Streams(query) = &mut query {
                query.choices.mapping = mapping;
            }
            let Response::Streams(view) = session.answer(&query) else {
                panic!("streams");
            };
            let place = view.rows[0].second.place.as_ref();
            let building = place.map_or("-", |place| &place.building);
            assert_eq!(building, expected, "{case} {mapping:?}");
            let subnet_says = place.and_then(|place| place.subnet_says.as_deref());
            let is_told = mapping == Mapping::MostSpecific && case.ends_with("= T HQ");
            assert_eq!(subnet_says, is_told.then_some("HQ"), "{case} {mapping:?}");
        }
    }
}

#[test]
fn the_same_site_twice_is_a_duplicate_and_a_public_address_that_is_none_is_warned_of() {
    let told = |rows: &str| {
        let rows = building_rows(rows);
        let card = session(&format!("//- b.tsv\n{rows}"), Role::Administrator)
            .cards()
            .remove(0);
        (complaints(&card), card.rows.duplicates)
    };
    assert_eq!(told(SHOPS), (String::new(), 0));
    let (said, n_duplicates) = told(&SHOPS.replacen("198.51.100.20", "198.51.100.10", 1));
    assert_eq!(n_duplicates, 1);
    assert!(
        said.contains("Warning SameNetworkTwice line 2 column 1"),
        "{said}"
    );
    let (said, n_duplicates) = told(
        &SHOPS
            .replace("198.51.100.10", "here")
            .replace("198.51.100.20", "there"),
    );
    assert_eq!(n_duplicates, 0);
    assert!(
        said.contains("Warning NotAnAddress line 1 column 16 x2"),
        "{said}"
    );
}
