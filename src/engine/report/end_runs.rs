//! What exports tell of one end of their streams, shortened: of streams one below the other of whose end they say the
//! same, the first one stands for all. A call is told in several streams, so that there are far fewer.

use std::rc::Rc;

use callscope_kernel::runs::Runs;

use crate::engine::fields::fields;
use crate::engine::model::{
    by_code::ByCode,
    codes::Codes,
    column::TextColumn,
    dictionary::Dictionary,
    end::{End, PAIR_COLUMN},
    streams::Streams,
};

/// What is told of an end.
#[derive(Debug)]
pub(super) struct EndRuns {
    end: End,
    runs: Rc<Runs>,
}

/// A text column of it, a code for each run.
pub(super) struct RunColumn<'streams> {
    pub(super) codes: Codes,
    pub(super) dictionary: &'streams Dictionary,
}

impl RunColumn<'_> {
    /// A value for each distinct text; a run that says nothing has the default.
    pub(super) fn by_text<T: Clone + Default>(
        &self,
        value: impl FnMut(&[u8]) -> T,
    ) -> ByCode<'_, T> {
        ByCode::of_texts(&self.codes, self.dictionary, value)
    }

    /// A value for each code.
    pub(super) fn by_code<T: Copy>(&self, value: impl FnMut(u32) -> T) -> ByCode<'_, T> {
        ByCode::of_codes(&self.codes, self.dictionary.n_codes(), value)
    }
}

impl EndRuns {
    /// What is told of an end of these streams.
    pub(super) fn new(streams: &Streams, end: End) -> Self {
        let found_now = || {
            let columns = end
                .telling_fields()
                .filter_map(|field| streams.text(field))
                .map(|column| &column.codes);
            Rc::new(Runs::new(&columns.collect::<Vec<_>>(), streams.n_rows))
        };
        let told = streams.runs[end as usize].clone();
        let runs = told.unwrap_or_else(found_now);
        Self { end, runs }
    }

    /// Which end.
    pub(super) fn end(&self) -> End {
        self.end
    }

    /// How many runs there are.
    pub(super) fn n(&self) -> usize {
        self.runs.n()
    }

    /// The texts of a field of the end.
    pub(super) fn text<'streams>(
        &self,
        streams: &'streams Streams,
        name: &str,
    ) -> Option<RunColumn<'streams>> {
        let field = self.end.field(name);
        debug_assert!(
            self.end.telling_fields().any(|known| known == field),
            "{name} makes no runs"
        );
        self.of(streams.text(field))
    }

    /// What the programs of both ends are.
    pub(super) fn pairs<'streams>(
        &self,
        streams: &'streams Streams,
    ) -> Option<RunColumn<'streams>> {
        self.of(streams.text(fields().named(PAIR_COLUMN)))
    }

    /// How many streams have each code of a column.
    pub(super) fn counts(&self, column: &RunColumn<'_>) -> Vec<u64> {
        self.runs.counts(&column.codes, column.dictionary.n_codes())
    }

    /// A value for each stream, from one for each run.
    pub(super) fn spread(&self, values: &[u32]) -> Vec<u32> {
        self.runs.spread(values)
    }

    fn of<'streams>(&self, column: Option<&'streams TextColumn>) -> Option<RunColumn<'streams>> {
        column.map(|column| RunColumn {
            codes: self.runs.codes(&column.codes),
            dictionary: &column.dictionary,
        })
    }
}

/// The ends of all exports.
pub(super) fn each_end<'ends>(
    tables: &'ends [Streams],
    ends: &'ends [[EndRuns; 2]],
) -> impl Iterator<Item = (&'ends Streams, &'ends EndRuns)> {
    let of_tables = tables.iter().zip(ends);
    of_tables.flat_map(|(streams, ends)| ends.iter().map(move |runs| (streams, runs)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::formats::{Content, Intake};
    use crate::engine::model::end::ENDS;
    use crate::protocol::ReadSettings;

    const N_ROWS: usize = 60;

    /// How many runs of an end were found when streams were read that say one of this of a field and the other in
    /// turn, and how many are found afterwards.
    fn n_runs(field: &str, texts: [&str; 2], end: End) -> [usize; 2] {
        // Each end has a field that tells of it.
        let pair = if field == PAIR_COLUMN {
            "Avg Jitter"
        } else {
            PAIR_COLUMN
        };
        let mut csv = format!("Conference Id,{field},{pair},Second Capture Dev\n");
        for (call, text) in texts.iter().cycle().take(N_ROWS).enumerate() {
            csv += &format!("{call},{text},3,a microphone with a long name\n");
        }
        let mut intake = Intake::new(ReadSettings::default());
        intake.feed(csv.as_bytes());
        let loaded = intake.finish().expect("it is an export");
        let Content::Streams(mut streams) = loaded.result.content else {
            panic!("{field} is none of a stream");
        };
        assert!(streams.runs.iter().all(Option::is_some), "{field}");
        let told = EndRuns::new(&streams, end).n();
        streams.runs = [None, None];
        [told, EndRuns::new(&streams, end).n()]
    }

    #[test]
    fn a_run_ends_where_any_field_of_its_end_changes() {
        for [end, other] in [ENDS, [ENDS[1], ENDS[0]]] {
            let pairs = fields().named(PAIR_COLUMN);
            for field in end.telling_fields() {
                let name = fields().get(field).name;
                assert_eq!(n_runs(name, ["a", "b"], end), [N_ROWS; 2], "{name}");
                for (end, texts) in [(end, ["a", "a"]), (other, ["a", "b"])] {
                    if field == pairs && texts == ["a", "b"] {
                        continue;
                    }
                    let [n_told, n_found] = n_runs(name, texts, end);
                    assert_eq!(n_found, 1, "{name}");
                    // Some are cut where the text was.
                    assert!(n_told < N_ROWS / 4, "{name}: {n_told}");
                }
            }
        }
    }
}
