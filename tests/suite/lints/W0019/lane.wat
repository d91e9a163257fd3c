(module
  (func $f (export "f") (result v128)
    (i8x16.splat (i32.const 300)))
)
