//! What the files hold, as columns. Units are in the names. Nothing here can be serialized.

pub mod buildings;
pub mod by_code;
pub(crate) mod by_text;
pub mod calls;
pub mod column;
pub mod dictionary;
pub mod end;
pub mod groups;
pub mod streams;
pub mod table;

pub use callscope_kernel::{codes, numbers, texts};
