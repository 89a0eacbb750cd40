//! Answers to a survey: how likely would you recommend it, from 0 to 10, and why.
//!
//! The scale: <https://learn.microsoft.com/microsoftteams/upgrade-operate-my-service>. Survey tools write
//! their questions as headings, so that the score is known by the commonest ones, or by the user's word.

use super::{
    Format, Layout,
    cell::{Marks, written_number},
    checks::Check,
    sheet::{Sheet, records},
};
use crate::engine::fields::Catalog;
use crate::protocol::{FileKind, ProblemCode};

/// How surveys are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::Nps,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::Nps,
        catalog: Catalog::Nps,
        of: "columns of a survey with a score from 0 to 10",
        needs: &[&["Score"]],
        checks: &[Check {
            field: "Score",
            is_fine: is_score,
            code: ProblemCode::NotAScore,
        }],
        unique: None,
        finish: records,
    }),
};

/// Whole, and on the scale: another scale would give another result.
fn is_score(cell: &[u8], marks: Marks) -> bool {
    written_number(cell, marks).is_some_and(|written| {
        !written.is_percent && written.value.fract() == 0.0 && (0.0..=10.0).contains(&written.value)
    })
}
