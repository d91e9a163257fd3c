(module
  (func $a (export "a") (param $x i32) (result i32)
    local.get $x
    i32.const 1
    i32.add)
  (func $b (export "b") (param $x i32)
    local.get $x
    call $a
    drop)
  (func $c (export "c") (param $x i32) (result i32)
    (call $a (call $a (local.get $x)))))
