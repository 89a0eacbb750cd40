//! The catalogs: for each kind of export the columns that it can have.
//!
//! Their headings come from Microsoft's pages on the exports:
//! <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/pstn-usage-report> (Calling
//! Plans and Direct Routing; the property names of Graph's `pstnCallLogRow` and `directRoutingLogRow`
//! are captions of the same fields),
//! <https://learn.microsoft.com/graph/api/reportroot-getteamsuseractivityuserdetail> and its sisters
//! (usage; the captions of the admin center's screens stand beside them),
//! <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/meeting-attendance-report>
//! (attendance; captions in other languages are those seen in public),
//! <https://learn.microsoft.com/microsoftteams/cqd-upload-tenant-building-data> (endpoints), and from
//! <https://github.com/OfficeDev/microsoft-teams-apps-callrecord-insights> the table that Microsoft's
//! sample flattens Graph call records into; behind its 259 columns stand those that it leaves out.

use std::sync::LazyLock;

use super::Fields;

/// A list of fields that belong together: the columns of one kind of export.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub enum Catalog {
    /// Dimensions and measures of the Call Quality Dashboard.
    Cqd,
    /// PSTN usage of Calling Plans and Operator Connect: a row a call.
    CallingPlans,
    /// PSTN usage of Direct Routing: a row a leg of a call.
    DirectRouting,
    /// Teams user activity: a row a user.
    UserActivity,
    /// Teams device usage: a row a user.
    DeviceUsage,
    /// Teams user activity: a row a day.
    UserActivityCounts,
    /// Teams device usage: a row a day or a period.
    DeviceUsageCounts,
    /// Attendance report: a row a participant, a stay or a reaction.
    Attendance,
    /// Attendance report of 2020: a row each time somebody joins or leaves.
    AttendanceEvents,
    /// Answers to "would you recommend it".
    Nps,
    /// Endpoints by name.
    Endpoints,
    /// Wireless access points by BSSID.
    AccessPoints,
    /// What the user decided about headings.
    ColumnMap,
    /// Call Record Insights, the flattened form of Graph call records: a row a stream.
    CallRecordInsights,
}

/// Each catalog and its lines.
static CATALOGS: LazyLock<Vec<(Catalog, Fields)>> = LazyLock::new(|| {
    let all = [
        (Catalog::Cqd, include_str!("cqd.tsv")),
        (Catalog::CallingPlans, include_str!("calling_plans.tsv")),
        (Catalog::DirectRouting, include_str!("direct_routing.tsv")),
        (Catalog::UserActivity, include_str!("user_activity.tsv")),
        (Catalog::DeviceUsage, include_str!("device_usage.tsv")),
        (
            Catalog::UserActivityCounts,
            include_str!("user_activity_counts.tsv"),
        ),
        (
            Catalog::DeviceUsageCounts,
            include_str!("device_usage_counts.tsv"),
        ),
        (Catalog::Attendance, include_str!("attendance.tsv")),
        (
            Catalog::AttendanceEvents,
            include_str!("attendance_events.tsv"),
        ),
        (Catalog::Nps, include_str!("nps.tsv")),
        (Catalog::ColumnMap, include_str!("column_map.tsv")),
        (Catalog::Endpoints, include_str!("endpoints.tsv")),
        (Catalog::AccessPoints, include_str!("access_points.tsv")),
        (
            Catalog::CallRecordInsights,
            include_str!("call_record_insights.tsv"),
        ),
    ];
    all.map(|(catalog, table)| (catalog, Fields::read(table)))
        .into()
});

impl Catalog {
    /// The fields of the catalog.
    pub fn fields(self) -> &'static Fields {
        let (_, fields) = CATALOGS
            .iter()
            .find(|(catalog, _)| *catalog == self)
            .expect("each catalog has its lines");
        fields
    }

    /// Reads all catalogs, unless that was done: the first file then need not wait for it.
    pub fn prepare() {
        LazyLock::force(&CATALOGS);
    }

    /// All catalogs.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGS.iter().map(|(catalog, _)| *catalog)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Heading, Sensitivity, Shape};
    use super::*;

    fn check(catalog: Catalog, heading: &str, expected: &str) {
        let fields = catalog.fields();
        let found = match fields.by_heading(heading) {
            Heading::Known(id) => fields.get(id).name,
            other => panic!("{heading} of {catalog:?} is {other:?}"),
        };
        assert_eq!(found, expected, "{heading} of {catalog:?}");
    }

    /// The catalogs of streams have names and units of the dashboard; what they give away is tested elsewhere.
    fn with_headings_of_their_own() -> impl Iterator<Item = Catalog> {
        let of_streams = [Catalog::Cqd, Catalog::CallRecordInsights];
        Catalog::all().filter(move |catalog| !of_streams.contains(catalog))
    }

    /// Words of Microsoft's own making, of which there are few. Any other text can hold a name, a
    /// number, an address or what somebody wrote, and is not open.
    const CLOSED_VOCABULARIES: [&str; 25] = [
        "Assigned Products",
        "Azure region for Media",
        "Azure region for Signaling",
        "Band",
        "Call Direction",
        "Call Type",
        "Call type",
        "Callscope Field",
        "Capability",
        "Channel",
        "Currency",
        "Destination Dialed",
        "Domestic/International",
        "Engagement Type",
        "External Country",
        "Number Type",
        "Registration Status",
        "Role",
        "Room Type",
        "Section",
        "Source of Call Duration",
        "User Action",
        "Media bypass",
        "Success",
        "Is Licensed",
    ];

    #[test]
    fn no_text_is_open_unless_its_words_are_known() {
        let is_figure = |field: &Field| {
            matches!(
                field.shape,
                Shape::Integer
                    | Shape::Number
                    | Shape::Boolean
                    | Shape::Time
                    | Shape::Date
                    | Shape::Duration
            )
        };
        for catalog in with_headings_of_their_own() {
            for (_, field) in catalog.fields().iter() {
                assert!(
                    field.sensitivity != Sensitivity::Open
                        || is_figure(field)
                        || CLOSED_VOCABULARIES.contains(&field.name),
                    "{} of {catalog:?} is open",
                    field.name
                );
            }
        }
    }

    #[test]
    fn what_a_column_gives_away_follows_from_its_name() {
        let classes = [
            (&["number", "caller id"][..], Sensitivity::Phone),
            (
                &["upn", "name", "email", "participant id", "object"],
                Sensitivity::Person,
            ),
            (
                &["ip address", "ipv4", "ipv6", "bssid"],
                Sensitivity::Address,
            ),
            (&["comment"], Sensitivity::Text),
            (
                &["title", "fqdn", "correlation", "call id"],
                Sensitivity::Identifier,
            ),
        ];
        // Named by these words, but of another class.
        let others = [
            "Number Type",
            "Serial Number",
            "Room Name",
            "Endpoint Name",
            "Tenant Display Name",
            "Shared Channel Tenant Display Names",
        ];
        for catalog in with_headings_of_their_own() {
            for (_, field) in catalog.fields().iter() {
                let name = field.name.to_lowercase();
                for (words, class) in &classes {
                    if words.iter().any(|word| name.contains(word)) && !others.contains(&field.name)
                    {
                        assert_eq!(field.sensitivity, *class, "{} of {catalog:?}", field.name);
                    }
                }
            }
        }
    }

    #[test]
    fn every_heading_leads_to_its_field() {
        for catalog in Catalog::all() {
            let fields = catalog.fields();
            for (id, field) in fields.iter() {
                for heading in [field.name.to_owned(), field.name.to_uppercase()] {
                    assert_eq!(fields.by_heading(&heading), Heading::Known(id), "{heading}");
                }
                for alias in &field.aliases {
                    let leads_here = match fields.by_heading(alias) {
                        Heading::Known(found) => found == id,
                        // In an attendance report the section tells which is meant.
                        Heading::Ambiguous(found) => {
                            matches!(catalog, Catalog::Cqd | Catalog::Attendance)
                                && found.contains(&id)
                        }
                        Heading::Unknown => false,
                    };
                    assert!(leads_here, "{alias} of {} in {catalog:?}", field.name);
                }
            }
        }
    }

    #[test]
    fn headings_of_all_times_and_of_graph_are_known() {
        use Catalog as C;
        for (catalog, heading, expected) in [
            (C::CallingPlans, "AAD ObjectId", "Microsoft Entra ObjectId"),
            (C::CallingPlans, "userPrincipalName", "UPN"),
            (C::CallingPlans, "licenseCapability", "Capability"),
            (C::CallingPlans, "duration", "Duration Seconds"),
            (C::DirectRouting, "SIP Address", "UPN"),
            (C::DirectRouting, "inviteDateTime", "Invite time"),
            (
                C::DirectRouting,
                "transferorCorrelationId",
                "Transfer or Correlation ID",
            ),
            (
                C::DirectRouting,
                "trunkFullyQualifiedDomainName",
                "SBC FQDN",
            ),
            (C::DeviceUsage, "Used  Chrome OS", "Used Chrome OS"),
            (C::DeviceUsage, "Android phone", "Used Android Phone"),
            (
                C::UserActivity,
                "Total Meetings organized",
                "Meetings Organized Count",
            ),
            (
                C::UserActivity,
                "\u{feff}Report Refresh Date",
                "Report Refresh Date",
            ),
            (C::Attendance, "In-meeting duration", "In-Meeting Duration"),
            (C::Attendance, "Participant ID (UPN)", "Participant ID"),
            (C::AccessPoints, "Radio MAC", "BSSID"),
        ] {
            check(catalog, heading, expected);
        }
    }

    #[test]
    fn lengths_of_time_and_counts_have_units() {
        for catalog in with_headings_of_their_own() {
            for (_, field) in catalog.fields().iter() {
                if field.shape == Shape::Duration || field.name.contains("Seconds") {
                    assert_eq!(field.unit, "seconds", "{} of {catalog:?}", field.name);
                }
            }
        }
    }
}
