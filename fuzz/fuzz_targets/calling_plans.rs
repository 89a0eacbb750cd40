//! Random bytes as PSTN usage of Calling Plans.

#![no_main]

use callscope::protocol::FileKind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read(Some(FileKind::CallingPlans), data));
