(module
  (func $f (export "f") (param $n i32) (result i32)
    local.get $n
    return
    local.get $n
    i32.const 2
    i32.mul)
)
