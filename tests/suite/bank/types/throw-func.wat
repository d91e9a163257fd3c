(module
  (tag $overflow (param i32))
  (func $f (throw $overfow (i32.const 1))))
