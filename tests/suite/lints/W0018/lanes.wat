(module
  (func $f (export "f") (param $v v128) (result v128)
    (i8x16.shl (local.get $v) (i32.const 8)))
)
