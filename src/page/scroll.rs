//! Which rows of a long table are on the screen, and how much room the others take. Plain arithmetic.

/// Height of every row, as the style sheet has it.
const ROW_PX: f64 = 40.0;

/// Browsers cut elements off somewhere above this; longer tables scroll faster than their rows.
const MAX_PX: f64 = 12_000_000.0;

/// Rows drawn beyond either edge, so that scrolling shows no gap.
const OVERSCAN: u32 = 8;

/// What is drawn starts and ends at multiples of this, so that a short way of scrolling draws nothing.
const STEP: u32 = 4;

/// A long table in its scrolling box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scroll {
    /// Rows of the table.
    pub(crate) n_rows: u32,
    /// Rows that the window can show at most, however high the box is.
    pub(crate) n_visible: u32,
}

/// How far a box is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Position {
    /// From the top.
    pub(crate) top_px: f64,
    /// Height of the box, without the row of headings.
    pub(crate) box_px: f64,
}

/// What is drawn at a scroll position.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Drawn {
    /// The first row that is drawn.
    pub(crate) start_idx: u32,
    /// The row after the last one that is drawn.
    pub(crate) end_idx: u32,
    /// Room for the rows before.
    pub(crate) above_px: f64,
    /// Room for the rows after.
    pub(crate) below_px: f64,
}

impl Position {
    /// The position of a box whose row of headings stays in sight.
    pub(crate) fn of(top_px: i32, height_px: i32) -> Self {
        Self {
            top_px: f64::from(top_px),
            box_px: f64::from(height_px) - ROW_PX,
        }
    }
}

impl Scroll {
    /// How many rows fit into a window of this height.
    pub(crate) fn rows_in(height_px: f64) -> u32 {
        whole((height_px / ROW_PX).ceil().clamp(1.0, 400.0))
    }

    /// How far a key moves a table that scrolls faster than its rows, so that no row is skipped; `None`
    /// leaves the key to the browser.
    pub(crate) fn way_of_key(self, key: &str, box_px: f64) -> Option<f64> {
        if f64::from(self.n_rows) * ROW_PX <= MAX_PX {
            return None;
        }
        let n_fitting = (box_px / ROW_PX).floor();
        let n_rows = match key {
            "ArrowDown" => 1.0,
            "ArrowUp" => -1.0,
            "PageDown" => n_fitting,
            "PageUp" => -n_fitting,
            _ => return None,
        };
        Some(n_rows * (MAX_PX - box_px) / (f64::from(self.n_rows) - n_fitting))
    }

    /// What is drawn when the box is scrolled by so much.
    pub(crate) fn at(self, position: Position) -> Drawn {
        let full_px = f64::from(self.n_rows) * ROW_PX;
        let is_whole = full_px <= MAX_PX;
        let height_px = full_px.min(MAX_PX);
        let idx = if is_whole {
            position.top_px / ROW_PX
        } else {
            let n_fitting = (position.box_px / ROW_PX).floor();
            let share = position.top_px / (height_px - position.box_px);
            share.min(1.0) * (f64::from(self.n_rows) - n_fitting)
        };
        let first_idx = whole(idx).min(self.n_rows.saturating_sub(1));
        let start_idx = first_idx.saturating_sub(OVERSCAN) / STEP * STEP;
        let end_idx = (start_idx + self.n_visible + 2 * OVERSCAN + STEP).min(self.n_rows);
        let above_px = if is_whole {
            f64::from(start_idx) * ROW_PX
        } else {
            (position.top_px - f64::from(first_idx - start_idx) * ROW_PX).max(0.0)
        };
        let below_px = (height_px - above_px - f64::from(end_idx - start_idx) * ROW_PX).max(0.0);
        Drawn {
            start_idx,
            end_idx,
            above_px,
            below_px,
        }
    }
}

#[expect(clippy::cast_sign_loss, reason = "never below zero")]
fn whole(number: f64) -> u32 {
    number.max(0.0) as u32
}

/// A row of a long table, if it is in the window that starts at `first_idx`.
pub(crate) fn row_in<Row>(window: &[Row], first_idx: u32, idx: u32) -> Option<&Row> {
    window.get(idx.checked_sub(first_idx)? as usize)
}

#[cfg(test)]
mod tests {
    use super::{Drawn, MAX_PX, Position, ROW_PX, Scroll, row_in};

    #[test]
    fn a_window_holds_its_rows_alone() {
        let rows = [5, 6, 7, 8].map(|idx| row_in(&["six", "seven"], 6, idx));
        assert_eq!(rows, [None, Some(&"six"), Some(&"seven"), None]);
    }

    const TOP: Position = Position {
        top_px: 0.0,
        box_px: 600.0,
    };

    #[test]
    fn a_short_table_is_drawn_whole() {
        let scroll = Scroll {
            n_rows: 6,
            n_visible: 20,
        };
        let whole = Drawn {
            end_idx: 6,
            ..Drawn::default()
        };
        assert_eq!(scroll.at(TOP), whole);
    }

    #[test]
    fn an_empty_table_draws_nothing() {
        let scroll = Scroll {
            n_rows: 0,
            n_visible: 20,
        };
        assert_eq!(scroll.at(TOP), Drawn::default());
    }

    #[test]
    fn drawn_and_undrawn_rows_add_up() {
        let scroll = Scroll {
            n_rows: 40_000,
            n_visible: 20,
        };
        let [drawn, one_row_on] = [100_030.0, 100_070.0].map(|top_px| {
            let position = Position { top_px, ..TOP };
            scroll.at(position)
        });
        assert_eq!(drawn, one_row_on);
        assert_eq!((drawn.start_idx, drawn.end_idx), (2_492, 2_532));
        let all_px = drawn.above_px + 40.0 * ROW_PX + drawn.below_px;
        assert!((all_px - 40_000.0 * ROW_PX).abs() < 1.0);
    }

    #[test]
    fn the_last_rows_of_a_very_long_table_fill_the_box() {
        let scroll = Scroll {
            n_rows: 3_000_000,
            n_visible: 20,
        };
        let top_px = MAX_PX - TOP.box_px;
        let drawn = scroll.at(Position { top_px, ..TOP });
        assert_eq!((drawn.start_idx, drawn.end_idx), (2_999_976, 3_000_000));
        assert!((drawn.above_px + 24.0 * ROW_PX - MAX_PX).abs() < 1.0);
    }

    #[test]
    fn a_page_down_skips_no_row_of_a_very_long_table() {
        let scroll = Scroll {
            n_rows: 3_000_000,
            n_visible: 20,
        };
        let top_px = 6_000_000.0;
        let way_px = scroll
            .way_of_key("PageDown", TOP.box_px)
            .unwrap_or_default();
        let [before, after] =
            [top_px, top_px + way_px].map(|top_px| scroll.at(Position { top_px, ..TOP }).start_idx);
        assert_eq!(after - before, 16, "15 rows, drawn in steps of 4");
    }
}
