(module
  (global $temperature (mut f32) (f32.const 20))
  (func (export "set") (param $t f64)
    local.get $t
    global.set $temperature))
