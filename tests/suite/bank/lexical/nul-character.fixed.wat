(module
  (func $id (param $x i32) (result i32)
    local.get $x)
  (export "id" (func $id)))
