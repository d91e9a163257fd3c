(module
  (func (export "kind") (param $c i32) (result i32)
    block $other
      block $digit
        block $space
          local.get $c
          br_table $space $digit $other
        end
        i32.const 1
        return
      end
      i32.const 2
      return
    end
    i32.const 0))
