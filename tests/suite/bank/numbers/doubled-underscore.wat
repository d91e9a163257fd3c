(module
  (global (export "mask") i64 (i64.const 0x0000_ffff__0000_ffff)))
