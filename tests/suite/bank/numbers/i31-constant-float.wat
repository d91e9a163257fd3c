(module
  (func (export "f") (result (ref i31))
    (ref.i31 (i32.const 7.0))))
