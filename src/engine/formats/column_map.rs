//! The column map: what the user decided about headings, saved by this page to be dropped beside other files.

use super::{
    Content, Format, Layout,
    column_plan::ColumnRead,
    joining::Joining,
    sheet::{Finished, Sheet},
};
use crate::engine::fields::Catalog;
use crate::engine::model::table::Table;
use crate::protocol::{ColumnChoice, FileKind, ProblemCode as P};

const HEADING: &str = "Callscope Heading";
const FIELD: &str = "Callscope Field";

/// How column maps are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::ColumnMap,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::ColumnMap,
        catalog: Catalog::ColumnMap,
        of: "those of a column map of callscope",
        needs: &[&[HEADING], &[FIELD]],
        checks: &[],
        unique: None,
        finish,
    }),
};

fn finish(_: &Sheet, mut joining: Joining, _: &[ColumnRead]) -> Finished {
    let table = std::mem::take(&mut joining.table);
    let mut choices = Vec::new();
    for row in 0..table.n_rows {
        let field = words(&table, FIELD, row);
        let is_known =
            |name: &String| Catalog::all().any(|catalog| catalog.fields().id_of(name).is_some());
        if field.as_ref().is_some_and(|name| !is_known(name)) {
            joining.diagnostics.file(P::BadColumnMap);
        } else if let Some(heading) = words(&table, HEADING, row) {
            choices.push(ColumnChoice {
                heading: without_guard(heading),
                field,
            });
        }
    }
    Finished {
        kind: FileKind::ColumnMap,
        content: Content::ColumnMap(choices),
        joining,
    }
}

fn words(table: &Table, name: &'static str, row: usize) -> Option<String> {
    let field = Catalog::ColumnMap.fields().named(name);
    table.text(field)?.words(row)
}

/// Takes off the apostrophe that downloads put before what a spreadsheet would take for a formula.
fn without_guard(heading: String) -> String {
    match heading.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => heading,
    }
}
