(module
  (func (export "f") (param $x i32) (result i32)
    (block (result i32)
      (then (i32.const 1)))))
