(module
  (global (export "mask") i64 (i64.const 0x0000_ffff_0000_ffff)))
