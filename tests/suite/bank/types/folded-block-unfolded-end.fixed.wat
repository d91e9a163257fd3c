(module
  (func $f (param $n i32) (result i32)
    (block $out (result i32)
      (br_if $out (i32.const 1) (local.get $n))
      drop
      i32.const 2
    )))
