//! Drawings of figures. Each has its figures as text beside it.

mod rate_bar;

pub(crate) use rate_bar::rate_bar;
