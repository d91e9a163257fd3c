(module
  (rec (@allow W0023) (type $self (struct (field (ref $self)))))
  (func $f (export "f") (param $n i32) (param $s (ref null $self)) (result i32)
    (@allow W0031) (local $later i32)
    (@allow W0017) (; not yet ;)
    (if (i32.const 0) (then (nop)))
    (@allow all)
    (block $outer
      (block $outer (br $outer) (nop))
      (drop (i32.eqz (i32.const 1))))
    (@allow W0017 W0032)
    block $unused
      i32.const 1
      if nop end
    end
    local.get $n
    i32.const 32
    (@allow W0018) i32.shl
    (@allow W0021) i32.const 0
    i32.div_u
    (ref.is_null (local.get $s))
    i32.add))
