(module
  (func (export "rethrow") (param $e exnref)
    (throw_ref (local.get $e))))
