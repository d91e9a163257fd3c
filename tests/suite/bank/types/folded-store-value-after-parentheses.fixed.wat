(module
  (memory 1)
  (func $store (param $at i32) (param $v i32)
    ;; store the value plus one
    (i32.store
      (local.get $at)
      (i32.add (local.get $v) (i32.const 1)))
  )
)
