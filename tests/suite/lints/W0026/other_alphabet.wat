(module
  (global $"pаge" (mut i32) (i32.const 0))
  (global $page (mut i32) (i32.const 0))
  (func $f (export "f")
    (global.set $page (global.get $"pаge")))
)
