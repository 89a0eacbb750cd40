//! What exports tell of one end of their streams, shortened: of streams one below the other of whose end they say the
//! same, the first one stands for all. A call is told in several streams, so that there are far fewer.

use callscope_kernel::runs::Runs;

use crate::engine::fields::fields;
use crate::engine::model::{
    by_code::ByCode,
    codes::Codes,
    column::TextColumn,
    dictionary::Dictionary,
    end::{ADDRESS_COLUMNS, End, PERSON_COLUMNS},
    streams::Streams,
};

/// All other fields that tell who was at an end, and whether it counts.
const OTHER_COLUMNS: [&str; 4] = [
    "Phone Number",
    "Tenant Id",
    "UserType",
    "User Agent Category",
];

/// What is told of an end.
#[derive(Debug)]
pub(super) struct EndRuns {
    end: End,
    runs: Runs,
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
        let columns = names().filter_map(|name| end.text(streams, name));
        let columns = columns.chain(pairs(streams)).map(|column| &column.codes);
        Self {
            end,
            runs: Runs::new(&columns.collect::<Vec<_>>(), streams.n_rows),
        }
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
        debug_assert!(names().any(|known| *known == name), "{name} makes no runs");
        self.of(self.end.text(streams, name))
    }

    /// What the programs of both ends are.
    pub(super) fn pairs<'streams>(
        &self,
        streams: &'streams Streams,
    ) -> Option<RunColumn<'streams>> {
        self.of(pairs(streams))
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

/// The fields whose texts are the same throughout a run.
fn names() -> impl Iterator<Item = &'static &'static str> {
    ADDRESS_COLUMNS
        .iter()
        .chain(&PERSON_COLUMNS)
        .chain(&OTHER_COLUMNS)
}

fn pairs(streams: &Streams) -> Option<&TextColumn> {
    streams.text(fields().named("Is Server Pair"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fields::FieldId;
    use crate::engine::model::{column::Column, end::ENDS};

    fn n_runs(field: FieldId, texts: [&str; 2], end: End) -> usize {
        let mut column = TextColumn::default();
        let codes = texts.map(|text| column.dictionary.code(text.as_bytes()));
        column.codes.extend(codes.into_iter(), 3);
        let streams = Streams {
            n_rows: texts.len(),
            columns: [(field, Column::Text(column))].into(),
            groups: None,
        };
        EndRuns::new(&streams, end).n()
    }

    #[test]
    fn a_run_ends_where_any_field_of_its_end_changes() {
        for [end, other] in [ENDS, [ENDS[1], ENDS[0]]] {
            for name in names() {
                assert_eq!(n_runs(end.field(name), ["a", "b"], end), 2, "{name}");
                assert_eq!(n_runs(end.field(name), ["a", "a"], end), 1, "{name}");
                assert_eq!(n_runs(end.field(name), ["a", "b"], other), 1, "{name}");
            }
            let pairs = fields().named("Is Server Pair");
            assert_eq!(n_runs(pairs, ["a", "b"], end), 2);
        }
    }
}
