//! One file for each question: from the model to full answers. Knows no role and no screen.

mod buildings;
mod counted;
mod end_runs;
mod facts;
mod internal;
mod kept;
mod networks;
mod object_ids;
mod overview;
mod people;
mod person;
mod places;
mod scan;
mod selection;
mod streams;
mod tally;

pub use buildings::{BuildingTally, buildings};
pub use facts::{Facts, Sources};
pub(crate) use kept::Kept;
pub use networks::{NetworkTally, networks};
pub use overview::{Overview, overview};
pub use people::{PeopleCounts, people};
pub use person::{NOBODY, People};
pub use places::EndKeys;
pub use streams::{StreamPick, StreamPicks, streams};
pub use tally::Tally;
