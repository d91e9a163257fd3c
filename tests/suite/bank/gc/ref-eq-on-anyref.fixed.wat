(module
  (func $identical (export "identical") (param $a eqref) (param $b eqref) (result i32)
    local.get $a
    local.get $b
    ref.eq))
