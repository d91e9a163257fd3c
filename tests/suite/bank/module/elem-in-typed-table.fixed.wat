(module
  (type $cmp (func (param i32 i32) (result i32)))
  (table $sorters 2 (ref null $cmp))
  (func $less (param i32 i32) (result i32) (i32.lt_s (local.get 0) (local.get 1)))
  (elem (table $sorters) (i32.const 0) (ref null $cmp) (ref.func $less)))
