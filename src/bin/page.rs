//! The page's wasm program.

fn main() {}
