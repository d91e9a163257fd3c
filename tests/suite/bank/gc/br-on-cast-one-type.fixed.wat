(module
  (type $num (struct (field $n f64)))
  (func (export "num") (param $v anyref) (result f64)
    block $yes (result (ref $num))
      local.get $v
      br_on_cast $yes anyref (ref $num)
      drop
      f64.const 0
      return
    end
    struct.get $num $n))
