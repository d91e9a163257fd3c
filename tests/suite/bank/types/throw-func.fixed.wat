(module
  (tag $overflow (param i32))
  (func $f (throw $overflow (i32.const 1))))
