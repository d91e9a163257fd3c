(module
  (func (export "first_positive") (param $a i32) (param $b i64) (result i32)
    block $out (result i32)
      local.get $b
      (i32.gt_s (local.get $a) (i32.const 0))
      br_if $out
      drop
      local.get $a
    end))
