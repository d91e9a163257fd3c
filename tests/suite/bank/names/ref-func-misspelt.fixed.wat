(module
  (func $comparator (param i32 i32) (result i32) (i32.const 0))
  (elem declare func $comparator)
  (func (export "get") (result funcref)
    (ref.func $comparator)))
