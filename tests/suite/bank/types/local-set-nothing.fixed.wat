(module
  (func (export "init") (result i32)
    (local $a i32) (local $b i32)
    (local.set $a (i32.const 1))
    local.get $a
    local.set $b
    local.get $b))
