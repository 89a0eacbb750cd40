//! The worker's wasm program.

fn main() {}
