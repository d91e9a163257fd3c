(module
  (func (export "next") (param $i i32) (result i32)
    local.get $i
    i32.const 4     // size of an element
    i32.add))
