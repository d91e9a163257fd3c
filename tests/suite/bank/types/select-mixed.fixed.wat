(module
  (func (export "choose") (param $flag i32) (result f64)
    (local $fallback f64)
    (local.set $fallback (f64.const 0.25))
    f64.const 1
    local.get $fallback
    local.get $flag
    select))
