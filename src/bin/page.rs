//! The page's wasm program.

fn main() {
    #[cfg(target_arch = "wasm32")]
    callscope::page::start();
}
