(module
  (memory 1)
  (func $store (param $at i32) (param $v i32)
    (i32.store (local.get $at) (local.get $v)))
  (func $clear (param $at i32)
    (call $sotre (local.get $at) (i32.const 0)))
  (func (export "reset")
    (call $clear (i32.cosnt 64))))
