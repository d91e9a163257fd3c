(module
  (type $text (array i8))
  (func (export "len") (param $v anyref) (result i32)
    block $no (result eqref)
      local.get $v
      br_on_cast_fail $no anyref (ref $text)
      array.len
      return
    end
    drop
    i32.const 0))
