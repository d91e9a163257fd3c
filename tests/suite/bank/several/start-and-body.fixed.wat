(module
  (memory 1)
  (func $main (param $argc i32)
    (i32.store (i32.const 0) (local.get $argc)))
  (func $init
    (call $main (i32.const 1)))
  (start $init))
