//! Random bytes as endpoint files.

#![no_main]

use callscope::protocol::FileKind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read(Some(FileKind::Endpoints), data));
