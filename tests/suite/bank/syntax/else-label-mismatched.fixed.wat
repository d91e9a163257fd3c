(module
  (func (export "f") (param $x i32) (result i32)
    local.get $x
    if $nonzero (result i32)
      i32.const 1
    else $nonzero
      i32.const 2
    end $nonzero))
