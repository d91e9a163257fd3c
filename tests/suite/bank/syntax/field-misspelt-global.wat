(module
  (glboal $seed (mut i64) (i64.const 88172645463325252))
  (func (export "seed") (param i64)
    (global.set $seed (local.get 0))))
