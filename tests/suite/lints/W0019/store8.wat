(module
  (memory 1)
  (func $f (export "f") (param $at i32)
    local.get $at
    i32.const 0x1ff
    i32.store8 offset=4)
)
