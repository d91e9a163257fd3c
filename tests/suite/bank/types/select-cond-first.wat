(module
  (func $pick (param $c i32) (param $a f64) (param $b f64) (result f64)
    (select (local.get $c) (local.get $a) (local.get $b))))
