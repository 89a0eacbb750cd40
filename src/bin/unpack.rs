//! The wasm program that opens packages.

fn main() {
    #[cfg(target_arch = "wasm32")]
    callscope::unpack::shell::start();
}
