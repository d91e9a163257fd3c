(module
  (func (export "int") (param $v anyref) (result i32)
    block $no (result anyref)
      local.get $v
      br_on_non_i31 $no
      i31.get_s
      return
    end
    drop
    i32.const -1))
