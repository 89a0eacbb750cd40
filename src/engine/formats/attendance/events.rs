//! The attendance report of 2020: a name, what the person did, and when; a row each time.

use super::super::{
    Format, Layout,
    column_plan::ColumnRead,
    joining::Joining,
    sheet::{Finished, Sheet, records},
};
use super::phones;
use crate::engine::fields::Catalog;
use crate::protocol::{FileKind, ProblemCode as P};

/// How reports of 2020 are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::AttendanceEvents,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::AttendanceEvents,
        catalog: Catalog::AttendanceEvents,
        of: "columns of an attendance report of 2020",
        needs: &[&["Full Name"], &["User Action"], &["Timestamp"]],
        checks: &[],
        unique: None,
        finish,
    }),
};

fn finish(sheet: &Sheet, mut joining: Joining, columns: &[ColumnRead]) -> Finished {
    phones::split(&mut joining.table, sheet.catalog, "Full Name");
    if joining.table.n_rows > 0 {
        joining.diagnostics.file(P::LocalTimes);
    }
    records(sheet, joining, columns)
}
