//! All rows, some thousand at a time.
//!
//! A browser first compiles a function in a hurry, and once more for speed when it has run for a while. The call that
//! is under way stays slow to its end: a loop over a million rows must be one of calls.

use std::ops::Range;

/// So many rows make a block.
pub const BLOCK_ROWS: usize = 1024;

/// Calls `each` with the rows of each block in order.
#[inline(never)]
pub fn each(n_rows: usize, each: &mut dyn FnMut(Range<usize>)) {
    for first in (0..n_rows).step_by(BLOCK_ROWS) {
        each(first..(first + BLOCK_ROWS).min(n_rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_in_one_block() {
        for n_rows in [0, 1, BLOCK_ROWS - 1, BLOCK_ROWS, 3 * BLOCK_ROWS + 7] {
            let mut rows = Vec::new();
            each(n_rows, &mut |block| rows.extend(block));
            assert_eq!(rows, (0..n_rows).collect::<Vec<_>>());
        }
    }
}
