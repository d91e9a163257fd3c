(module
  (func $f (param $a externref) (param $b externref) (param $c i32) (result externref)
    (select (local.get $a) (local.get $b) (local.get $c))))
