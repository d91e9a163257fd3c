(module
  (type $fs (array f64))
  (func $mk (param $n i32) (result (ref $fs))
    (array.new $fs (f64.const 1) (local.get $n))))
