(module
  (type $err (struct (field $code i32)))
  (tag $error (param (ref $err)))
  (func (export "raise") (param $e (ref null $err))
    (throw $error (ref.as_non_null (local.get $e)))))
