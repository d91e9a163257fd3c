(module
  (func (export "power") (param $n i32) (result i32)
    (local $acc i32)
    i32.const 1
    loop $l
      i32.const 2
      i32.mul
      local.set $acc
      (local.tee $n (i32.sub (local.get $n) (i32.const 1)))
      br_if $l
    end
    drop
    local.get $acc))
