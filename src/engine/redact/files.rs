//! Complaints about files as a role may see them.

use crate::engine::diagnostic::{Diagnostics, severity};
use crate::protocol::{Problem, Role};

/// The complaints, the gravest first. Headings come from the file: a row of people's data may stand in
/// their place, so that the specialist gets the number of the column only.
pub fn problems(role: Role, diagnostics: &Diagnostics, headings: &[String]) -> Vec<Problem> {
    let heading_of = |column: u32| headings.get(column as usize - 1).cloned();
    diagnostics
        .by_severity()
        .into_iter()
        .map(|diagnostic| Problem {
            severity: severity(diagnostic.code),
            code: diagnostic.code,
            line: diagnostic.lines.first().copied(),
            column: diagnostic.column,
            heading: match role {
                Role::Specialist => None,
                Role::Engineer | Role::Administrator => diagnostic.column.and_then(heading_of),
            },
            n_times: diagnostic.n_times,
            further_lines: diagnostic.lines.iter().skip(1).copied().collect(),
        })
        .collect()
}
