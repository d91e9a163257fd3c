(module
  (func (param $n i32) (result i32) (local.get $n))
  (func $main (export "main"))
)
