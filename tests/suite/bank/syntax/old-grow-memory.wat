(module
  (memory 1)
  (func (export "grow") (param $by i32) (result i32)
    (grow_memory (local.get $by))))
