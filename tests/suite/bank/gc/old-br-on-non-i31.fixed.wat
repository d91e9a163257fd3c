(module
  (func (export "int") (param $v anyref) (result i32)
    block $no (result anyref)
      local.get $v
      br_on_cast_fail $no anyref (ref i31)
      i31.get_s
      return
    end
    drop
    i32.const -1))
