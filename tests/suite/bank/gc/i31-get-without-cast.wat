(module
  (func (export "unbox") (param $v eqref) (result i32)
    (if (result i32) (ref.test (ref i31) (local.get $v))
      (then (i31.get_s (local.get $v)))
      (else (i32.const -1)))))
