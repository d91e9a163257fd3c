(module
  (memory 1)
  (func $clear (param $at i32)
    (i32.store
      (local.get $at)
      (i32.const 0))))
