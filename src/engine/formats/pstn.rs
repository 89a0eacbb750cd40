//! PSTN usage of Calling Plans and Operator Connect: a row a call, or a leg of one.
//!
//! Columns: <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/pstn-usage-report>.
//! Headings changed in 2019, 2022, 2023 and 2024, so columns are found by heading, never by place; before
//! November 2019 tabs separated the cells of the `.csv`.

use super::{
    Format, Layout,
    sheet::{Sheet, records},
};
use crate::engine::fields::Catalog;
use crate::protocol::FileKind;

/// How exports of Calling Plans are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::CallingPlans,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::CallingPlans,
        catalog: Catalog::CallingPlans,
        of: "columns of the PSTN usage report for Calling Plans",
        needs: &[
            &["Start Time", "End Time", "Duration Seconds"],
            &[
                "Caller ID",
                "Number Type",
                "Domestic/International",
                "Destination Dialed",
                "Destination Number",
                "Capability",
                "Charge",
            ],
        ],
        checks: &[],
        unique: None,
        finish: records,
    }),
};
