(module
  (func $box (export "box") (param $n i32) (result (ref i31))
    (i31.new (local.get $n)))
  (func $unbox (export "unbox") (param $r (ref i31)) (result i32)
    (i31.get_s (local.get $r))))
