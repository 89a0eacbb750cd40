//! Random bytes as files of any kind.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read(None, data));
