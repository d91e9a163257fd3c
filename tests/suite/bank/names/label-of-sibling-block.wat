(module
  (func (export "parse") (param $c i32) (result i32)
    (block $alpha
      (br_if $alpha (i32.lt_u (local.get $c) (i32.const 65)))
      (return (i32.const 1)))
    (block $digit
      (br_if $alpha (i32.lt_u (local.get $c) (i32.const 48)))
      (return (i32.const 2)))
    (i32.const 0)))
