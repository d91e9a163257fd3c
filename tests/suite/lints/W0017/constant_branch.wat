(module
  (func $f (export "f") (param $n i32) (result i32)
    block $b
      i32.const 1
      br_if $b
      i32.const 5
      local.set $n
    end
    local.get $n)
)
