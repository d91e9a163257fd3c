(module
  (memory 1 4)
  (func (export "more") (param $pages i64) (result i32)
    (memory.grow (i32.wrap_i64 (local.get $pages)))))
