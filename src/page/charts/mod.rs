//! Drawings of figures. Each has its figures as text beside it.

mod rate_bar;

pub(crate) use rate_bar::{Scale, rate_bar};
