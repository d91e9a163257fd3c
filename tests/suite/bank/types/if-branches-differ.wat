(module
  (func $pick (export "pick") (param $c i32) (result i64)
    local.get $c
    if (result i64)
      i64.const 1
    else
      i32.const 2
    end))
