//! From an address to a building. Knows networks, not calls.

pub mod address;
pub mod index;
pub mod mac;
pub mod place;
pub mod sites;
