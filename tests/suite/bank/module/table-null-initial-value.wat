(module
  (type $op (func (param i32) (result i32)))
  (func $id (type $op) (local.get 0))
  (table $ops 4 (ref $op) (ref.null $op))
  (export "ops" (table $ops)))
