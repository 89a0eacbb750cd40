//! The first records of a JSON file, and what they tell: its kind. The file's name is never looked at.

use serde_json::Value;

use super::{
    FORMATS, Finding, Format, Layout, cutter::Block, encoding, head::HEAD_BYTES,
    json_cutter::JsonCutter,
};
use crate::engine::diagnostic::Diagnostics;
use crate::protocol::{ProblemCode as P, ReadSettings};

/// So many records are looked at, if the file has them.
const N_RECORDS: usize = 8;

/// After so many pieces without a record the file is none of ours.
const N_PIECES: usize = 10_000;

/// Whether a text begins as JSON does. A heading such as `[AllStreams].[First UPN]` does not.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    match text.trim_ascii_start() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [] | [b'{' | b'[' | b']', ..]),
        _ => false,
    }
}

/// The first records of a file whose kind is not known yet.
#[derive(Debug, Default)]
pub(crate) struct JsonHead {
    pub(crate) cutter: JsonCutter,
    /// All pieces so far.
    pub(crate) blocks: Vec<Block>,
    /// So many of them were looked at.
    n_seen: usize,
    n_bytes: usize,
    values: Vec<Value>,
}

/// What the first records tell.
pub(crate) enum Told {
    /// Not enough of them yet.
    NeedsMore,
    /// This export.
    Known(&'static Format, Finding),
    /// None that is known, and why.
    Refused(Diagnostics),
}

impl JsonHead {
    /// Looks at the pieces that were cut. The answer depends on the file, not on where it is cut into slices.
    pub(crate) fn look(&mut self, is_whole: bool, settings: &ReadSettings) -> Told {
        while self.n_seen < self.blocks.len() && !self.is_enough() {
            let block = &self.blocks[self.n_seen];
            self.n_seen += 1;
            self.n_bytes += block.text.len();
            if block.broken.is_none()
                && let Ok(value) = serde_json::from_str(&encoding::words(&block.text))
            {
                self.values.push(value);
            }
        }
        if !is_whole && !self.is_enough() {
            return Told::NeedsMore;
        }
        self.recognize(settings).map_or_else(
            || Told::Refused(self.refusal()),
            |(format, finding)| Told::Known(format, finding),
        )
    }

    fn is_enough(&self) -> bool {
        let n_records = self.values.iter().filter(|value| !is_page(value)).count();
        n_records >= N_RECORDS
            || n_records > 0 && self.n_bytes >= HEAD_BYTES
            || self.n_seen >= N_PIECES
    }

    fn recognize(&self, settings: &ReadSettings) -> Option<(&'static Format, Finding)> {
        let mut best: Option<(&'static Format, Finding)> = None;
        for format in FORMATS {
            let Layout::Records { recognize, .. } = format.layout else {
                continue;
            };
            let found = match settings.kind {
                None => recognize(&self.values),
                Some(wanted) => (wanted == format.kind).then(|| Finding {
                    score: 0,
                    evidence: "you said so".to_owned(),
                }),
            };
            let best_score = best.as_ref().map(|(_, known)| known.score);
            if let Some(finding) = found
                && best_score.is_none_or(|score| finding.score > score)
            {
                best = Some((format, finding));
            }
        }
        best
    }

    /// Why nothing was recognized: no JSON, or another one.
    fn refusal(&self) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        let broken = self
            .blocks
            .iter()
            .find_map(|block| Some((block.broken?, block)));
        match broken {
            Some((code, block)) if self.values.is_empty() => {
                diagnostics.row(code, block.first_line);
            }
            None if self.values.is_empty() && !self.blocks.is_empty() => {
                diagnostics.row(P::BadJson, self.blocks[0].first_line);
            }
            None if self.blocks.is_empty() => diagnostics.file(P::Empty),
            _ => diagnostics.file(P::NotRecognized),
        }
        diagnostics
    }
}

/// Whether a value is what stands around the elements of a page, not a record.
pub(crate) fn is_page(value: &Value) -> bool {
    value.get("value").is_some_and(Value::is_array)
}
