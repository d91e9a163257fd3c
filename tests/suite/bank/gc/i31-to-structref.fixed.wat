(module
  (global $last (mut eqref) (ref.null eq))
  (func (export "save") (param $n i32)
    (global.set $last (ref.i31 (local.get $n)))))
