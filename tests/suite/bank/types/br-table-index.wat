(module
  (func (export "dispatch") (param $op i64) (result i32)
    block $b
      block $a
        local.get $op
        br_table $a $b
      end
      i32.const 1
      return
    end
    i32.const 2))
