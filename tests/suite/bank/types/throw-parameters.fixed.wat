(module
  (tag $failure (param i32 i64))
  (func (export "fail") (param $code i32)
    (if (local.get $code)
      (then
        (throw $failure
          (local.get $code)
          (i64.const 0))))))
