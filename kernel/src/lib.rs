//! What callscope does for every byte and every cell of a file.
//!
//! It is a crate of its own so that it is compiled for speed, while everything else in the browser is
//! compiled for size. It knows bytes, numbers, codes and days; what they mean is the engine's business.
//!
//! Reading order: `rows` splits text, `cells` and `addresses` read single cells, `interner`, `lookup` and `texts` give
//! texts codes, `above` tells neighbors that are alike, `columns` reads the cells of a batch one below the other,
//! `codes` and `numbers` keep and join them, `fingerprint` tells equal files, `calendar` counts days. Then `selected`
//! says which rows count, `limits` tells which numbers pass one, `times` which times are odd, `runs` keeps rows together
//! that say the same, `presences` numbers who was where, `groups` puts rows into groups, `lists` keeps the rows
//! of each, `sums` adds these up, and `order` sorts what was found; `blocks` cuts what goes over all rows, `tell` finds
//! what columns say of them, `bits` and `kinds` pack small things into words.

pub mod above;
pub mod addresses;
mod bits;
pub mod blocks;
pub mod calendar;
pub mod cells;
pub mod codes;
pub mod columns;
pub mod fingerprint;
pub mod groups;
pub mod interner;
mod kinds;
pub mod limits;
pub mod lists;
pub mod lookup;
pub mod numbers;
pub mod order;
pub mod presences;
pub mod rows;
pub mod runs;
pub mod selected;
pub mod sums;
pub mod tell;
pub mod texts;
pub mod times;

/// So many bytes are looked at at a time.
pub(crate) const LANE_BYTES: usize = 16;
