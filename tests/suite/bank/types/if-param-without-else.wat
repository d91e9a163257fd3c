(module
  (func (export "to_i64") (param $x i32) (param $signed i32) (result i64)
    local.get $x
    local.get $signed
    if (param i32) (result i64)
      i64.extend_i32_s
    end))
