//! The decision table of mapping, through whole files.

use callscope::protocol::{Choices, Mapping, Role};

use crate::files::{buildings_table, session};

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
