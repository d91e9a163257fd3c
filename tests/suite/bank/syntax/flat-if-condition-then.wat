(module
  (func $f (param $a i32) (result i32)
    if (result i32)
      local.get $a
      i32.eqz
    then
      i32.const 1
    else
      i32.const 2
    end))
