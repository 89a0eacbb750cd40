//! Which rows of a long table are on the screen, and how much room the others take. Plain arithmetic.

/// Height of every row, as the style sheet has it.
const ROW_PX: f64 = 40.0;

/// Browsers cut elements off somewhere above this; longer tables scroll faster than their rows.
const MAX_PX: f64 = 12_000_000.0;

/// Rows drawn beyond either edge, so that scrolling shows no gap.
const OVERSCAN: u32 = 8;

/// A long table in its scrolling box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scroll {
    /// Rows of the table.
    pub(crate) n_rows: u32,
    /// Rows that the box can show at most.
    pub(crate) n_visible: u32,
}

/// What is drawn at a scroll position.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Drawn {
    /// The first row on the screen.
    pub(crate) first_visible_idx: u32,
    /// The first row that is drawn.
    pub(crate) start_idx: u32,
    /// The row after the last one that is drawn.
    pub(crate) end_idx: u32,
    /// Room for the rows before.
    pub(crate) above_px: f64,
    /// Room for the rows after.
    pub(crate) below_px: f64,
}

impl Scroll {
    /// How many rows fit into a window of this height.
    pub(crate) fn rows_in(height_px: f64) -> u32 {
        whole((height_px / ROW_PX).ceil().clamp(1.0, 400.0))
    }

    /// What is drawn when the box is scrolled by so much.
    pub(crate) fn at(self, scroll_top_px: f64) -> Drawn {
        let full_px = f64::from(self.n_rows) * ROW_PX;
        let height_px = full_px.min(MAX_PX);
        let last_first_idx = self.n_rows.saturating_sub(1);
        let idx = if full_px <= MAX_PX {
            scroll_top_px / ROW_PX
        } else {
            let way_px = height_px - f64::from(self.n_visible) * ROW_PX;
            scroll_top_px / way_px * f64::from(self.n_rows - self.n_visible)
        };
        let first_visible_idx = whole(idx).min(last_first_idx);
        let start_idx = first_visible_idx.saturating_sub(OVERSCAN);
        let end_idx = (first_visible_idx + self.n_visible + OVERSCAN).min(self.n_rows);
        let above_px = if full_px <= MAX_PX {
            f64::from(start_idx) * ROW_PX
        } else {
            (scroll_top_px - f64::from(first_visible_idx - start_idx) * ROW_PX).max(0.0)
        };
        let below_px = (height_px - above_px - f64::from(end_idx - start_idx) * ROW_PX).max(0.0);
        Drawn {
            first_visible_idx,
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
    use super::{Drawn, MAX_PX, ROW_PX, Scroll, row_in};

    #[test]
    fn a_window_holds_its_rows_alone() {
        let rows = [5, 6, 7, 8].map(|idx| row_in(&["six", "seven"], 6, idx));
        assert_eq!(rows, [None, Some(&"six"), Some(&"seven"), None]);
    }

    #[test]
    fn a_short_table_is_drawn_whole() {
        let drawn = Scroll {
            n_rows: 6,
            n_visible: 20,
        }
        .at(0.0);
        let whole = Drawn {
            first_visible_idx: 0,
            start_idx: 0,
            end_idx: 6,
            above_px: 0.0,
            below_px: 0.0,
        };
        assert_eq!(drawn, whole);
    }

    #[test]
    fn an_empty_table_draws_nothing() {
        assert_eq!(
            Scroll {
                n_rows: 0,
                n_visible: 20
            }
            .at(0.0),
            Drawn::default()
        );
    }

    #[test]
    fn drawn_and_undrawn_rows_add_up() {
        let drawn = Scroll {
            n_rows: 40_000,
            n_visible: 20,
        }
        .at(100_030.0);
        assert_eq!(
            (drawn.first_visible_idx, drawn.start_idx, drawn.end_idx),
            (2_500, 2_492, 2_528)
        );
        let all_px = drawn.above_px + 36.0 * ROW_PX + drawn.below_px;
        assert!((all_px - 40_000.0 * ROW_PX).abs() < 1.0);
    }

    #[test]
    fn the_last_row_of_a_very_long_table_is_reached() {
        let scroll = Scroll {
            n_rows: 3_000_000,
            n_visible: 20,
        };
        let drawn = scroll.at(MAX_PX - 20.0 * ROW_PX);
        assert_eq!(
            (drawn.first_visible_idx, drawn.end_idx),
            (2_999_980, 3_000_000)
        );
        assert!(drawn.above_px + 28.0 * ROW_PX <= MAX_PX);
    }
}
