(module
  (type $s (struct (field i32)))
  (func (export "pick") (param $c i32) (result i32)
    (local $obj (ref $s))
    local.get $c
    if
      i32.const 1
      struct.new $s
      local.set $obj
    else
      i32.const 2
      struct.new $s
      local.set $obj
    end
    local.get $obj
    struct.get $s 0))
