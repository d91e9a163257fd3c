(module
  (memory 1)
  (func (export "grow") (param $by i32) (result i32)
    (memory.grow (local.get $by))))
