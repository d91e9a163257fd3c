(module
  (func (export "rethrow") (param $e externref)
    (throw_ref (local.get $e))))
