(module
  (func $main (export "main") (param $n i32) (result i32)
    local.get $n
    if $nonzero (result i32)
      i32.const 1
    else $nonzero
      i32.const 0
    end $nonzero)
)
