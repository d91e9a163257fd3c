(module
  (memory 1)
  (func (export "f") (param $p i32)
    (i32.store (local.get $p) (i32.const 0))
  )
)
)
