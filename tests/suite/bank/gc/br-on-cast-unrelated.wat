(module
  (type $circle (sub (struct (field $r f64))))
  (type $handler (func (param i32)))
  (func (export "test") (param $x anyref) (result i32)
    block $yes (result (ref $handler))
      local.get $x
      br_on_cast $yes anyref (ref $handler)
      drop
      i32.const 0
      return
    end
    drop
    i32.const 1))
