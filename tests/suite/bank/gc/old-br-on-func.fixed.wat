(module
  (table $t 4 funcref)
  (func (export "called") (param $i i32) (result i32)
    block $yes (result (ref func))
      local.get $i
      table.get $t
      br_on_cast $yes funcref (ref func)
      drop
      i32.const 0
      return
    end
    drop
    i32.const 1))
