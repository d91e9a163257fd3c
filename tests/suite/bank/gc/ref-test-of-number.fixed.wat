(module
  (func (export "f") (param $n i32) (result i32)
    (ref.test i31ref (ref.i31 (local.get $n)))))
