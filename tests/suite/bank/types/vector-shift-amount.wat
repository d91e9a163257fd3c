(module
  (func (export "double") (param $v v128) (result v128)
    local.get $v
    v128.const i32x4 1 1 1 1
    i32x4.shl))
