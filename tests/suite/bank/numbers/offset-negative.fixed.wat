(module
  (memory 1)
  (func (export "before") (param $p i32) (result i32)
    (i32.load (i32.sub (local.get $p) (i32.const 4)))))
