(module
  (type $b (array (mut i32)))
  (func $g (param $n i32) (result (ref $b))
    (array.new_default $b (i32.const 7) (local.get $n))))
