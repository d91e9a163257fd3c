(module
  (type $f (func))
  (type $k (cont $f))
  (tag $yield (param i32))
  (func (export "drive") (param $c (ref $k))
    block $on_yield (result (ref $k))
      local.get $c
      resume $k (on $yield $on_yield)
      return
    end
    drop))
