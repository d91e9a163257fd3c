(module
  (func (export "route") (param $x i32) (result i32)
    block $a (result i32)
      block $b (result f32)
        i32.const 1
        local.get $x
        br_table $a $b
      end
      i32.trunc_f32_s
    end))
