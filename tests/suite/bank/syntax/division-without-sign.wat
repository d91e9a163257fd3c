(module
  (func (export "avg") (param $a i32) (param $b i32) (result i32)
    (i32.div
      (i32.add (local.get $a) (local.get $b))
      (i32.const 2))))
