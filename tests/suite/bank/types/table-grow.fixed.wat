(module
  (table $t 1 externref)
  (func $more (param $n i32) (result i32)
    (table.grow $t (ref.null extern) (local.get $n))))
