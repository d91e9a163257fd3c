(module
  (type $p (struct (field i32)))
  (func $f (export "f") (param $x anyref)
    (drop (ref.test (ref $p) (local.get $x)))))
