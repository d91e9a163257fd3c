(module
  (type $b (array (mut i32)))
  (func $g (param $n i32) (result (ref $b))
    (array.new $b (i32.const 7) (local.get $n))))
