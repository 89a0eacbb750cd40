//! PSTN usage of Direct Routing: a row a leg of a call.
//!
//! Columns: <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/pstn-usage-report>.
//! A call that failed has no end, one that was connected has no failure, and on calls within the
//! organization's own numbers caller and callee may be the same: none of it is a mistake of the file.

use super::{
    Format, Layout,
    sheet::{Sheet, records},
};
use crate::engine::fields::Catalog;
use crate::protocol::FileKind;

/// How exports of Direct Routing are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::DirectRouting,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::DirectRouting,
        catalog: Catalog::DirectRouting,
        of: "columns of the PSTN usage report for Direct Routing",
        needs: &[
            &["Invite time", "Start time", "Failure time", "End time"],
            &[
                "Invite time",
                "Failure time",
                "SBC FQDN",
                "Final SIP code",
                "Final Microsoft subcode",
                "Final SIP Phrase",
                "Azure region for Media",
                "Azure region for Signaling",
                "Media bypass",
            ],
        ],
        checks: &[],
        unique: None,
        finish: records,
    }),
};
