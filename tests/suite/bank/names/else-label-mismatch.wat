(module
  (func (export "abs") (param $n i32) (result i32)
    local.get $n
    i32.const 0
    i32.lt_s
    if $neg (result i32)
      i32.const 0
      local.get $n
      i32.sub
    else $pos
      local.get $n
    end $neg))
