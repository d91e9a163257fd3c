(module
  (func (export "f") (param $n i32) (result i32)
    (ref.test i31ref (local.get $n))))
