(module
  (func $classify (export "classify") (param $x i32) (result i32)
    block $other (result i32)
      block $small (result i32)
        i32.const 10
        local.get $x
        br_table $small $other
      end
      return
    end))
