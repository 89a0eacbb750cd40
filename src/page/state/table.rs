//! A long table: its query, its last answer, and the window of rows that is asked for.

use super::Slot;
use crate::protocol::{Sort, Window};

/// Windows start and end at multiples of this, so that a short way of scrolling asks nothing.
const STEP: u32 = 50;

/// The window of a table that has not been scrolled.
pub(crate) const FIRST_WINDOW: Window = Window {
    first_idx: 0,
    n_rows: 3 * STEP,
};

/// A long table.
#[derive(Debug, Clone)]
pub(crate) struct Table<Query, View> {
    /// What is asked.
    pub(crate) query: Query,
    /// What came back.
    pub(crate) slot: Slot<Query, View>,
}

impl<Query, View> Table<Query, View> {
    /// A table without an answer.
    pub(crate) fn new(query: Query) -> Self {
        Self {
            query,
            slot: Slot::default(),
        }
    }
}

/// The window to ask for when these rows are on the screen: the present one as long as it holds them.
pub(crate) fn window_for(present: Window, first_idx: u32, n_rows: u32) -> Window {
    let end_idx = first_idx + n_rows;
    if present.first_idx <= first_idx && end_idx <= present.first_idx + present.n_rows {
        return present;
    }
    let start_idx = first_idx.saturating_sub(STEP) / STEP * STEP;
    let n_rows = (end_idx + STEP).next_multiple_of(STEP) - start_idx;
    Window {
        first_idx: start_idx,
        n_rows,
    }
}

/// The sort after a click on a heading: the other way round if it is sorted by it already.
pub(crate) fn sort_after_click<Column: Copy + PartialEq>(
    present: Sort<Column>,
    clicked: Column,
    is_text: bool,
) -> Sort<Column> {
    let descending = if present.by == clicked {
        !present.descending
    } else {
        !is_text
    };
    Sort {
        by: clicked,
        descending,
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WINDOW, window_for};
    use crate::protocol::Window;

    #[test]
    fn a_short_way_of_scrolling_asks_nothing() {
        assert_eq!(window_for(FIRST_WINDOW, 100, 30), FIRST_WINDOW);
    }

    #[test]
    fn a_long_way_of_scrolling_asks_for_rows_around_the_screen() {
        let window = window_for(FIRST_WINDOW, 1_234, 30);
        assert_eq!(
            window,
            Window {
                first_idx: 1_150,
                n_rows: 200
            }
        );
        assert_eq!(window_for(window, 1_290, 30), window);
    }
}
