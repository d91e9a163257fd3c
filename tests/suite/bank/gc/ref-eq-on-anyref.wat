(module
  (func $identical (export "identical") (param $a anyref) (param $b anyref) (result i32)
    local.get $a
    local.get $b
    ref.eq))
