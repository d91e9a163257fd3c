(module
  (memory 1)
  (func $memmove (export "memmove") (param $d i32) (param $s i32) (param $n i32) (result i32)
    (memory.copy (local.get $d) (local.get $s) (local.get $n))
    (local.get $d)))
