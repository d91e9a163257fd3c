(module
  (memory 1)
  (func (export "byte") (param $p i32)
    (i32.store8 (local.get $p) (i32.const 255))))
