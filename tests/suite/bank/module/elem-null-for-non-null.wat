(module
  (type $fn (func))
  (func $f (type $fn))
  (table $t 2 (ref null $fn))
  (elem $defaults (ref $fn) (ref.func $f) (ref.null $fn))
  (func (export "init")
    (table.init $t $defaults (i32.const 0) (i32.const 0) (i32.const 2))))
