(module
  (func (export "sign") (param $x i32) (result i32)
    local.get $x
    if (result i32)
      i32.const 1
    else
      local.get $x
      if (result i32)
        i32.const 0
      else
        i32.const -1
      end
    end
  )
)
