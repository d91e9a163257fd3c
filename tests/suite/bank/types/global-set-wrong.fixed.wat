(module
  (global $temperature (mut f32) (f32.const 20))
  (func (export "set") (param $t f64)
    local.get $t
    f32.demote_f64
    global.set $temperature))
