(module
  (type $fs (array f64))
  (func $mk (param $n i32) (result (ref $fs))
    (array.new $fs (local.get $n) (f64.const 1))))
