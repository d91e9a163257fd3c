(module
  (tag $error (param i32))
  (func (export "throw") (param $code i32)
    (throw $error (local.get $code)))
  (export "exception" (tag $exception)))
