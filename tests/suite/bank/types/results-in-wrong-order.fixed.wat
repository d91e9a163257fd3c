(module
  (func $divmod (export "divmod") (param $a i32) (param $b i32) (result i64 i32)
    local.get $a
    local.get $b
    i32.div_s
    i64.extend_i32_s
    local.get $a
    local.get $b
    i32.rem_s))
