(module
  (func $f (param $a i32) (result i32) (local $x i32)
    local.get $a
    local.set $x
    i32.const 1
    i32.add))
