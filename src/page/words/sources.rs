//! Which files can be dropped, and where each of them comes from. `docs/formats.md` says the same, word for word.
//!
//! Words between backticks are to be typed as they stand, words between double asterisks to be clicked.

/// A kind of file and the ways to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// What the file is called.
    pub(crate) title: &'static str,
    /// What it is good for.
    pub(crate) purpose: &'static str,
    /// The ways to get it: clicks in a portal, or a command.
    pub(crate) ways: &'static [&'static str],
    /// What to know about it.
    pub(crate) remark: Option<&'static str>,
}

/// All kinds, those that most people start with first.
pub(crate) const SOURCES: [Source; 10] = [
    Source {
        title: "Building file",
        purpose: "Your networks and the building each one is in. It puts calls on buildings.",
        ways: &[
            "Teams admin center: **Analytics & reports** › **Building and endpoint data** › **Download**.",
            "Call Quality Dashboard: gear at the top › **Tenant data upload** › **My uploads** › **Download**.",
            "Write it yourself: a row for each network with 14 to 16 columns and no headings.",
        ],
        remark: Some("One building file is in use at a time."),
    },
    Source {
        title: "Call Quality Dashboard export",
        purpose: "The quality of calls, best with a row for each stream, that is, for each direction of sound or picture.",
        ways: &[
            "Call Quality Dashboard: open a report that has a row for each stream › **Export**. Useful columns are Conference Id, Is Server Pair, First and Second Subnet, IP Address, UPN, Media Type, Start Time, End Time, Avg Round Trip, Avg Jitter, Avg Packet Loss Rate and Packet Utilization.",
            "PowerShell, with the module CQDPowerShell: `Get-CQDData -OutPutType CSV` with the dimensions and measures you want.",
            "Power BI with the connector Microsoft Call Quality: on the table, **More options** › **Export data**.",
        ],
        remark: Some(
            "The dashboard cuts exports off at 10,000 rows and clears people and addresses after 28 days: export shorter periods, and soon. Reports that count streams by building or month are read too.",
        ),
    },
    Source {
        title: "Call records of Microsoft Graph",
        purpose: "Single calls with all their streams, devices and networks, as JSON.",
        ways: &[
            "Graph: `GET /communications/callRecords/{id}?$expand=sessions($expand=segments)`.",
            "PowerShell: `Get-MgCommunicationCallRecord -CallRecordId {id} -ExpandProperty \"sessions(`$expand=segments)\" | ConvertTo-Json -Depth 20`.",
            "The table of Microsoft’s Call Record Insights, as CSV.",
        ],
        remark: Some(
            "An app with the permission CallRecords.Read.All is needed. The service keeps call records for 30 days. One record, a list or a whole folder of them can be dropped.",
        ),
    },
    Source {
        title: "PSTN usage",
        purpose: "Telephone calls over Calling Plans, Operator Connect and Direct Routing.",
        ways: &[
            "Teams admin center: **Analytics & reports** › **Usage reports** › **PSTN and SMS (preview) usage** › **Run report** › tab **Calling Plans** or **Direct Routing** › **Export to Excel**. Drop the zip file as it comes.",
            "Graph: `GET /communications/callRecords/getPstnCalls(fromDateTime={date},toDateTime={date})`, or `getDirectRoutingCalls` in its place.",
        ],
        remark: None,
    },
    Source {
        title: "Endpoint list",
        purpose: "Make, model and type of computers by name.",
        ways: &[
            "Teams admin center: **Analytics & reports** › **Building and endpoint data** › **Endpoint** › **Download**.",
            "Write it yourself: name, make, model, type and three labels of your own, without headings.",
        ],
        remark: None,
    },
    Source {
        title: "Wi-Fi access point list",
        purpose: "Names and places of access points by BSSID.",
        ways: &[
            "Your Wi-Fi controller: export the list of access points or radios as CSV. It needs a column with the BSSID and one with a name or a place.",
        ],
        remark: None,
    },
    Source {
        title: "Teams usage reports",
        purpose: "Who uses Teams how much and on which devices, per user or per day.",
        ways: &[
            "Microsoft 365 admin center: **Reports** › **Usage** › **Microsoft Teams** › **User activity** or **Device usage** › **Export**.",
            "PowerShell: `Get-MgReportTeamUserActivityUserDetail -Period D30 -OutFile activity.csv`, and `Get-MgReportTeamDeviceUsageUserDetail` likewise.",
        ],
        remark: Some(
            "Names are hidden unless an administrator switches that off: Microsoft 365 admin center, **Settings** › **Org settings** › **Reports**.",
        ),
    },
    Source {
        title: "Attendance report",
        purpose: "Who was in a meeting and for how long.",
        ways: &[
            "Teams, as the organizer: **Calendar** › the meeting › **Attendance** › **Download**.",
            "Graph: `GET /users/{id}/onlineMeetings/{id}/attendanceReports/{id}?$expand=attendanceRecords`.",
        ],
        remark: None,
    },
    Source {
        title: "Survey",
        purpose: "Answers from 0 to 10 to “Would you recommend Teams?”, with or without a comment.",
        ways: &[
            "Microsoft Forms: the survey › **View responses** › **Open in Excel**. Any other list with a column of such numbers will do.",
        ],
        remark: None,
    },
    Source {
        title: "Your choices about columns",
        purpose: "Which fields the columns of your own exports are. Dropped with other files, it is used for them too.",
        ways: &["This page: **Files** › **Columns** of a file › **Save as a file**."],
        remark: None,
    },
];

/// In which wrappings files may come.
pub(crate) const WRAPPINGS: &str = "Text files (.csv, .tsv, .txt) and JSON, Excel workbooks (.xlsx), zip and gzip files, \
     and whole folders. The name of a file does not matter: its content says what it is.";

/// A piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// To be read.
    Plain(&'static str),
    /// To be clicked.
    Click(&'static str),
    /// To be typed as it stands.
    Literal(&'static str),
}

/// Cuts a sentence at its marks. A backtick behind a parenthesis belongs to PowerShell.
pub(crate) fn pieces(sentence: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some(start) = rest.find(['`', '*']) {
        let mark = if rest[start..].starts_with('`') {
            "`"
        } else {
            "**"
        };
        let after = rest[start..].trim_start_matches(mark);
        let mut ends = after.match_indices(mark).map(|(at, _)| at);
        let end = ends
            .find(|at| !after[..*at].ends_with('('))
            .unwrap_or(after.len());
        let words = &after[..end];
        pieces.push(Piece::Plain(&rest[..start]));
        pieces.push(if mark == "`" {
            Piece::Literal(words)
        } else {
            Piece::Click(words)
        });
        rest = after[end..].strip_prefix(mark).unwrap_or_default();
    }
    pieces.push(Piece::Plain(rest));
    pieces.retain(|piece| !matches!(piece, Piece::Plain("")));
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, SOURCES, WRAPPINGS, pieces};

    const TITLE: &str = "## Where to get the files";

    /// The part of the documents that this file is the source of.
    fn markdown() -> String {
        let literal = |sentence: &'static str| {
            let piece = |piece| match piece {
                Piece::Plain(words) => words.to_owned(),
                Piece::Click(words) => format!("**{words}**"),
                Piece::Literal(words) if words.contains('`') => format!("``{words}``"),
                Piece::Literal(words) => format!("`{words}`"),
            };
            pieces(sentence).into_iter().map(piece).collect::<String>()
        };
        let mut text = format!("{TITLE}\n\n{WRAPPINGS}\n");
        for source in SOURCES {
            text += &format!("\n### {}\n\n{}\n\n", source.title, source.purpose);
            for way in source.ways {
                text += &format!("- {}\n", literal(way));
            }
            if let Some(remark) = source.remark {
                text += &format!("\n{}\n", literal(remark));
            }
        }
        text
    }

    #[test]
    fn the_documents_say_the_same() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md");
        let document = std::fs::read_to_string(path).expect("the document can be read");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let (before, after) = document.split_once(TITLE).unwrap_or((&document, ""));
            let next = after.find("\n## ").map_or("", |at| &after[at..]);
            let text = format!("{before}{}{next}", markdown());
            std::fs::write(path, text).expect("the document can be written");
        } else {
            assert!(
                document.contains(&markdown()),
                "docs/formats.md says something else than the page; UPDATE_EXPECT=1 renews it"
            );
        }
    }

    #[test]
    fn words_to_type_keep_the_backtick_of_powershell() {
        assert_eq!(
            pieces("**Go** and type `\"a(`$b=c)\" | d` now."),
            [
                Piece::Click("Go"),
                Piece::Plain(" and type "),
                Piece::Literal("\"a(`$b=c)\" | d"),
                Piece::Plain(" now."),
            ]
        );
    }
}
