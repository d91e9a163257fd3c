(module
  (func $f (export "f") (param $n i32) (result i32)
    local.get $n
    i32.const 32
    i32.shl)
)
