(module
  (func $first (param i32) (result i32)
    local.get 0)
  (func $f (export "f") (param $x i32 (result i32)
    local.get $x
    i32.popcnt)
  (func $g (export "g") (result i32)
    i32.const 1))
