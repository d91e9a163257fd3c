(module
  (type $handler (sub (func (param i32))))
  (func $on (type $handler) (drop (local.get 0)))
  (export "on" (func $on)))
