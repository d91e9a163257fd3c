#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gcwat_fuzz::assert_fine(gcwat_fuzz::Target::Objects, data));
