(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $r i32)
    local.get $n
    local.set $r
    i32.const 7
    local.set $r
    local.get $r)
)
