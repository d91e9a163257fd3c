(module
  (memory 1 1 shared)
  (func $f (param $p i32) (param $old i64) (param $new i64) (result i64)
    (i64.atomic.rmw.cmpxchg (local.get $p) (local.get $old) (local.get $new))))
