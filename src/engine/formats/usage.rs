//! Usage reports: what users did and on which devices, a row a user or a row a day.
//!
//! Columns: <https://learn.microsoft.com/graph/api/reportroot-getteamsuseractivityuserdetail> and
//! <https://learn.microsoft.com/graph/api/reportroot-getteamsdeviceusageuserdetail>; the grids of the Teams
//! admin center have captions of their own. Since September 2021 names are hidden unless an administrator
//! shows them: <https://learn.microsoft.com/microsoft-365/admin/activity-reports/activity-reports>.

use super::{
    Format, Layout,
    column_plan::ColumnRead,
    joining::Joining,
    sheet::{Finished, Sheet, records},
};
use crate::engine::fields::Catalog;
use crate::protocol::{FileKind, ProblemCode as P};

/// How reports of user activity, a row a user, are told and read.
pub(crate) const USER_ACTIVITY: Format = Format {
    kind: FileKind::UserActivity,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::UserActivity,
        catalog: Catalog::UserActivity,
        of: "columns of the Teams user activity report",
        needs: &[
            USER,
            &[
                "Team Chat Message Count",
                "Private Chat Message Count",
                "Call Count",
                "Meeting Count",
                "Meetings Organized Count",
                "Meetings Attended Count",
                "Audio Duration",
                "Audio Duration In Seconds",
                "Audio Time",
            ],
        ],
        checks: &[],
        unique: None,
        finish,
    }),
};

/// How reports of device usage, a row a user, are told and read.
pub(crate) const DEVICE_USAGE: Format = Format {
    kind: FileKind::DeviceUsage,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::DeviceUsage,
        catalog: Catalog::DeviceUsage,
        of: "columns of the Teams device usage report",
        needs: &[
            USER,
            &[
                "Used Web",
                "Used iOS",
                "Used Mac",
                "Used Android Phone",
                "Used Windows",
                "Used Linux",
            ],
        ],
        checks: &[],
        unique: None,
        finish,
    }),
};

/// How counts of user activity, a row a day, are told and read.
pub(crate) const USER_ACTIVITY_COUNTS: Format = Format {
    kind: FileKind::UserActivityCounts,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::UserActivityCounts,
        catalog: Catalog::UserActivityCounts,
        of: "columns of the Teams activity counts",
        needs: &[
            &["Report Date"],
            &["Private Chat Messages", "Calls", "Meetings"],
        ],
        checks: &[],
        unique: None,
        finish: records,
    }),
};

/// How counts of devices, a row a day or a period, are told and read.
pub(crate) const DEVICE_USAGE_COUNTS: Format = Format {
    kind: FileKind::DeviceUsageCounts,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::DeviceUsageCounts,
        catalog: Catalog::DeviceUsageCounts,
        of: "columns of the Teams device counts",
        needs: &[
            &["Report Refresh Date", "Report Date", "Report Period"],
            &["Windows"],
            &["iOS", "Mac", "Web"],
        ],
        checks: &[],
        unique: None,
        finish: records,
    }),
};

/// A report by user names users.
const USER: &[&str] = &["User Id", "User Principal Name", "Display Name"];

fn finish(sheet: &Sheet, mut joining: Joining, columns: &[ColumnRead]) -> Finished {
    let has_hidden = USER.iter().any(|name| {
        let field = sheet.catalog.fields().named(name);
        let text = joining.table.text(field);
        text.is_some_and(|text| text.dictionary.iter().any(|(_, text)| is_hidden(text)))
    });
    if has_hidden {
        joining.diagnostics.file(P::NamesHidden);
    }
    records(sheet, joining, columns)
}

/// A name that the service has replaced by 32 hexadecimal digits in capitals.
fn is_hidden(name: &[u8]) -> bool {
    name.len() == 32
        && name
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
}
