(module
  (type $f (func))
  (type $k (cont $f))
  (tag $yield (param i32))
  (func (export "drive") (param $c (ref $k))
    block $on_yield (result i32 (ref $k))
      local.get $c
      resume $k (on $yield $on_yield)
      return
    end
    drop
    drop))
