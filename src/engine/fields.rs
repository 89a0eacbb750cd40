//! Every column the domain knows: its name, other captions, kind, shape, unit and sensitivity.
//! Knows headings, not cells: reading and hiding values is done elsewhere, by this table.
//!
//! Each kind of export has a catalog. The lines of `cqd.tsv` are the dimensions and measures of the Call Quality Dashboard, from
//! <https://learn.microsoft.com/microsoftteams/dimensions-and-measures-available-in-call-quality-dashboard>
//! and from the data model of Microsoft's Quality of Experience Review templates. Their captions are
//! those of the same templates and of a public script by `AdminDroid` for call quality reports.

mod catalog;

use std::collections::BTreeMap;

use callscope_kernel::cells;
pub use catalog::Catalog;

use super::sorting::map;

/// The fields of the Call Quality Dashboard, which streams are kept in whatever export they come from.
pub fn fields() -> &'static Fields {
    Catalog::Cqd.fields()
}

/// The place of a field in its catalog.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub struct FieldId(u16);

impl FieldId {
    /// The position in the table, from 0.
    pub fn idx(self) -> usize {
        usize::from(self.0)
    }
}

/// One column that an export may hold.
#[derive(Debug)]
pub struct Field {
    /// The name in the service's data model.
    pub name: &'static str,
    /// Whether it describes one stream or sums up several.
    pub kind: FieldKind,
    /// What a cell looks like.
    pub shape: Shape,
    /// What a number counts, such as `ms` or `ratio`; empty for a bare value.
    pub unit: &'static str,
    /// What a reader of the value could learn about somebody.
    pub sensitivity: Sensitivity,
    /// Other captions that are seen for it; a caption may belong to several fields.
    pub aliases: Vec<&'static str>,
}

impl Field {
    /// Whether cells of this field of the dashboard are IP addresses.
    pub fn is_address(&self) -> bool {
        (self.sensitivity == Sensitivity::Address && self.name.ends_with("IP"))
            || self.name.ends_with("IP Address")
            || self.name.ends_with("Subnet")
    }
}

/// Whether a field is a property or a total.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum FieldKind {
    /// A property of a stream.
    Dimension,
    /// A count, a mean or a rate over the streams of a row.
    Measure,
}

/// What the cells of a field look like.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum Shape {
    /// Any words.
    Text,
    /// A whole number.
    Integer,
    /// A number, mostly with a fraction.
    Number,
    /// `True`, `False`, `1` or `0`.
    Boolean,
    /// A bucket such as `065: [2 - 3)`.
    Range,
    /// Both ends in sorted order, such as `Client : Server`.
    Pair,
    /// Words joined by a vertical bar.
    Flags,
    /// A date with a time of day, in UTC.
    Time,
    /// A date such as `2018-06-01`.
    Date,
    /// A month such as `2018-06`.
    Month,
    /// A length of time: ISO 8601 such as `PT1M6.5S`, `hh:mm:ss`, or `1h 30m 51s`; kept in the field's unit.
    Duration,
}

/// What kind of knowledge a value gives away, in the classes by which roles see or do not see it.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub enum Sensitivity {
    /// Figures, times and closed vocabularies that say nothing of a person, a place or a device.
    ///
    /// Inside or outside, wired or wireless, VPN or not are open: the quality rules group every
    /// stream by them, and none of them names a place.
    Open,
    /// A name, sign-in name, object id or address of a person or of a voice application.
    Person,
    /// A telephone number.
    Phone,
    /// A network address of an end, of its access point or relay, or the provider behind it.
    Address,
    /// Where an end was: subnet, building, city, region.
    Place,
    /// What stood on the desk: machine, system, program version, headset, driver.
    Device,
    /// Traces that only a network engineer reads, such as the DNS suffix.
    Debug,
    /// Words or marks a person gave as feedback.
    Text,
    /// Ids and names that lead to a call, a meeting, a tenant or a server.
    Identifier,
}

/// What a heading stands for.
#[derive(Clone, Eq, PartialEq, Debug)]
pub enum Heading {
    /// Exactly one field.
    Known(FieldId),
    /// A caption that is used for each of these fields.
    Ambiguous(Vec<FieldId>),
    /// No field of the table.
    Unknown,
}

/// The table of fields with its ways in.
#[derive(Debug)]
pub struct Fields {
    all: Vec<Field>,
    by_name: BTreeMap<&'static str, FieldId>,
    by_caption: BTreeMap<String, Vec<FieldId>>,
    by_caption_without_percent: BTreeMap<String, Vec<FieldId>>,
}

#[expect(
    clippy::len_without_is_empty,
    reason = "the table is part of the program and never empty"
)]
impl Fields {
    fn read(table: &'static str) -> Self {
        let all: Vec<Field> = table.lines().skip(1).map(field).collect();
        let ids = || (0..all.len()).map(|idx| FieldId(idx as u16));
        let by_name = map(ids().map(|id| (all[id.idx()].name, id)));
        let own = |id: FieldId| key(all[id.idx()].name, Percent::Word);
        let mut by_caption = map(ids().map(|id| (own(id), vec![id])));
        assert_eq!(by_caption.len(), all.len(), "two names read the same");
        let mut by_caption_without_percent: BTreeMap<String, Vec<FieldId>> = BTreeMap::new();
        for id in ids() {
            for alias in &all[id.idx()].aliases {
                by_caption
                    .entry(key(alias, Percent::Word))
                    .or_default()
                    .push(id);
                if alias.contains('%') {
                    let captions = &mut by_caption_without_percent;
                    captions
                        .entry(key(alias, Percent::Dropped))
                        .or_default()
                        .push(id);
                }
            }
        }
        Self {
            all,
            by_name,
            by_caption,
            by_caption_without_percent,
        }
    }

    /// The field of an id.
    pub fn get(&self, id: FieldId) -> &Field {
        &self.all[id.idx()]
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All fields in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.all
            .iter()
            .enumerate()
            .map(|(idx, field)| (FieldId(idx as u16), field))
    }

    /// The field of exactly this name.
    pub fn id_of(&self, name: &str) -> Option<FieldId> {
        self.by_name.get(name).copied()
    }

    /// The field of a name that is written in the program.
    pub fn named(&self, name: &'static str) -> FieldId {
        self.id_of(name)
            .unwrap_or_else(|| panic!("no field is named {name}"))
    }

    /// The field that a heading of a file stands for, in any producer's spelling.
    pub fn by_heading(&self, heading: &str) -> Heading {
        let caption = last_bracketed(heading);
        match self.by_caption(caption) {
            // A command-line tool writes `Table.Field`, but a caption may hold a dot as well (`> 0.15`).
            Heading::Unknown => caption
                .split_once('.')
                .map_or(Heading::Unknown, |(_table, field)| self.by_caption(field)),
            found => found,
        }
    }

    fn by_caption(&self, caption: &str) -> Heading {
        let whole = key(caption, Percent::Word);
        if let Some(ids) = self.by_caption.get(&whole) {
            return heading_of(ids);
        }
        if !caption.contains('%') {
            // There is no sign to be dropped.
            return self
                .by_caption_without_percent
                .get(&whole)
                .map_or(Heading::Unknown, |ids| heading_of(ids));
        }
        let bare = key(caption, Percent::Dropped);
        // `Audio Poor Percentage (%)` is that percentage, but `Poor (%)` is not the flag `Poor`.
        let ids = self.by_caption.get(&bare).map_or(&[][..], Vec::as_slice);
        let shares = ids
            .iter()
            .copied()
            .filter(|&id| matches!(self.get(id).unit, "percent" | "ratio"));
        heading_of(&shares.collect::<Vec<_>>())
    }
}

fn heading_of(ids: &[FieldId]) -> Heading {
    match ids {
        [] => Heading::Unknown,
        [id] => Heading::Known(*id),
        several => Heading::Ambiguous(several.to_vec()),
    }
}

/// Takes the field out of `[Table].[Field]` and `Table[Field]`.
fn last_bracketed(heading: &str) -> &str {
    let heading =
        heading.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}'));
    heading
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
        .map_or(heading, |(_table, field)| field)
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Percent {
    /// `RMC Poor` is a count and `RMC Poor %` a percentage: here the sign is all that tells them apart.
    Word,
    Dropped,
}

/// What is left of a caption when case, blanks, hyphens and punctuation do not count.
fn key(caption: &str, percent: Percent) -> String {
    let sign = match percent {
        Percent::Word => "percent",
        Percent::Dropped => "",
    };
    // Every cell of the first rows is looked up in every catalog, and most are plain.
    if let Some(key) = cells::letters_and_digits(caption, sign) {
        return key;
    }
    let mut key = String::with_capacity(caption.len());
    for c in caption.chars() {
        match c {
            '%' => key.push_str(sign),
            c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

fn field(line: &'static str) -> Field {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let &[name, kind, shape, unit, sensitivity, aliases] = cells.as_slice() else {
        panic!("six cells are expected in {line}");
    };
    Field {
        name,
        kind: match kind {
            "dimension" => FieldKind::Dimension,
            "measure" => FieldKind::Measure,
            word => panic!("{name} has the unknown kind {word}"),
        },
        shape: match shape {
            "text" => Shape::Text,
            "integer" => Shape::Integer,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "range" => Shape::Range,
            "pair" => Shape::Pair,
            "flags" => Shape::Flags,
            "time" => Shape::Time,
            "date" => Shape::Date,
            "month" => Shape::Month,
            "duration" => Shape::Duration,
            word => panic!("{name} has the unknown shape {word}"),
        },
        unit,
        sensitivity: match sensitivity {
            "open" => Sensitivity::Open,
            "person" => Sensitivity::Person,
            "phone" => Sensitivity::Phone,
            "address" => Sensitivity::Address,
            "place" => Sensitivity::Place,
            "device" => Sensitivity::Device,
            "debug" => Sensitivity::Debug,
            "text" => Sensitivity::Text,
            "identifier" => Sensitivity::Identifier,
            word => panic!("{name} has the unknown sensitivity {word}"),
        },
        aliases: aliases
            .split('|')
            .filter(|alias| !alias.is_empty())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The personal fields by Microsoft's own list, which the service clears after 28 days:
    /// <https://learn.microsoft.com/microsoftteams/cqd-data-and-reports>.
    const PERSONAL: [&str; 38] = [
        "First IP Address",
        "Second IP Address",
        "First BSSID",
        "Second BSSID",
        "First Local Address",
        "Second Local Address",
        "First Remote Address",
        "Second Remote Address",
        "First Base Address",
        "Second Base Address",
        "First Local Site",
        "Second Local Site",
        "First Remote Site",
        "Second Remote Site",
        "First User ObjectId",
        "Second User ObjectId",
        "First MAC Address",
        "Second MAC Address",
        "First Sip Uri",
        "Second Sip Uri",
        "First Phone Number",
        "Second Phone Number",
        "First UPN",
        "Second UPN",
        "First Feedback Text",
        "Second Feedback Text",
        "First Client Endpoint Name",
        "Second Client Endpoint Name",
        "Organizer ObjectId",
        "Organizer UPN",
        "Organizer Sip Uri",
        "Auto Attendant Identity",
        "Call Queue Identity",
        "Transferred From Call Queue Identity",
        "First VTC Device Name",
        "Second VTC Device Name",
        "First VTC Device Detail",
        "Second VTC Device Detail",
    ];

    fn check(heading: &str, expected: &[&str]) {
        let found = match fields().by_heading(heading) {
            Heading::Known(id) => vec![fields().get(id).name],
            Heading::Ambiguous(ids) => ids.iter().map(|&id| fields().get(id).name).collect(),
            Heading::Unknown => Vec::new(),
        };
        assert_eq!(found, expected, "{heading}");
    }

    fn spellings(caption: &str) -> [String; 9] {
        [
            caption.to_owned(),
            caption.to_uppercase(),
            caption.to_lowercase(),
            caption.replace(' ', ""),
            caption.replace(' ', "-"),
            caption.replace(' ', "_"),
            format!("[AllStreams].[{caption}]"),
            format!("\u{feff}\"AllStreams.{caption}\""),
            format!("Measures[{caption}]"),
        ]
    }

    #[test]
    fn every_name_is_found_in_every_spelling() {
        assert_eq!(fields().len(), 943);
        for (id, field) in fields().iter() {
            assert_eq!(fields().named(field.name), id);
            for heading in spellings(field.name) {
                assert_eq!(
                    fields().by_heading(&heading),
                    Heading::Known(id),
                    "{heading}"
                );
            }
        }
    }

    #[test]
    fn every_alias_leads_to_all_its_owners_in_every_spelling() {
        let mut owners: BTreeMap<&str, Vec<FieldId>> = BTreeMap::new();
        for (id, field) in fields().iter() {
            for alias in &field.aliases {
                owners.entry(alias).or_default().push(id);
            }
        }
        assert!(owners.len() > 150);
        for (alias, ids) in owners {
            for heading in spellings(alias) {
                assert_eq!(fields().by_heading(&heading), heading_of(&ids), "{heading}");
            }
        }
    }

    #[test]
    fn no_alias_is_the_name_of_another_field() {
        let names: BTreeSet<String> = fields()
            .iter()
            .map(|(_, field)| key(field.name, Percent::Word))
            .collect();
        for (_, field) in fields().iter() {
            for alias in &field.aliases {
                assert!(
                    !names.contains(&key(alias, Percent::Word)),
                    "{alias} of {}",
                    field.name
                );
            }
        }
    }

    #[test]
    fn headings_of_every_producer_are_known() {
        check(
            "[FirstTenantDataBuilding].[First Building Name]",
            &["First Building Name"],
        );
        check(
            "[SecondTenantDataEndpoint].[Second Endpoint Make]",
            &["Second Endpoint Make"],
        );
        check(
            "[Measures].[Audio Poor Percentage]",
            &["Audio Poor Percentage"],
        );
        check("AllStreams.Second UPN", &["Second UPN"]);
        check("First Wi-Fi Vendor Driver", &["First Wifi Vendor Driver"]);
        check("Conference ID", &["Conference Id"]);
        check("UPN of second end of stream", &["Second UPN"]);
        check("Average Packet Loss Rate (0-1)", &["Avg Packet Loss Rate"]);
        check(
            "PSTN Average Call Duration",
            &["PSTN Average Call Duration (minutes)"],
        );
        check("Subnet", &["Second Subnet"]);
        check("Building", &["Second Building Name"]);
        check("Network", &["Second Network Name"]);
        check("City", &["Second City"]);
    }

    #[test]
    fn a_name_wins_over_a_caption() {
        check("Good", &["Good"]);
        check("Month", &["Month"]);
        check("Region", &["Region"]);
        check("Second Network", &["Second Network"]);
    }

    #[test]
    fn a_caption_of_several_fields_is_ambiguous() {
        check("Endpoint 1 Subnet", &["First Subnet", "Second Subnet"]);
        check(
            "Poor Stream Rate",
            &[
                "Audio Poor Percentage",
                "AppSharing Poor Percentage",
                "Video Poor Percentage",
                "VBSS Poor Percentage",
            ],
        );
    }

    #[test]
    fn a_percent_sign_tells_a_share_from_a_count() {
        check("RMC Poor", &["Second Feedback Rating Poor Count"]);
        check("RMC Poor %", &["Second Feedback Rating Poor Percentage"]);
        check("rmc-poor (%)", &["Second Feedback Rating Poor Percentage"]);
        check(
            "Setup Failure Rate",
            &["Total Call Setup Failure Percentage"],
        );
        check("Avg Ratio Concealed (%)", &["Avg Ratio Concealed Samples"]);
        check("Poor (%)", &[]);
        check("Total Streams %", &[]);
    }

    #[test]
    fn what_is_not_in_the_table_is_unknown() {
        check("", &[]);
        check("%", &[]);
        check("[]", &[]);
        check("Favourite Color", &[]);
        check("AllStreams.", &[]);
    }

    #[test]
    fn personal_fields_are_never_open() {
        for name in PERSONAL {
            assert_ne!(
                fields().get(fields().named(name)).sensitivity,
                Sensitivity::Open,
                "{name}"
            );
        }
    }

    #[test]
    fn both_ends_of_a_field_are_alike() {
        for (_, first) in fields().iter() {
            let Some(id) = fields().id_of(&first.name.replace("First ", "Second ")) else {
                continue;
            };
            let second = fields().get(id);
            assert_eq!(first.sensitivity, second.sensitivity, "{}", first.name);
            assert_eq!(first.unit, second.unit, "{}", first.name);
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_captions_are_read_as_all_others_are(caption in "[ -~]{0,20}") {
            for percent in [Percent::Word, Percent::Dropped] {
                let slowly = key(&format!("{caption}É"), percent);
                proptest::prop_assert_eq!(key(&caption, percent) + "é", slowly);
            }
        }
    }
}
