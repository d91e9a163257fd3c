(module
  (type $handler (func_subtype (param i32) func))
  (func $on (type $handler) (drop (local.get 0)))
  (export "on" (func $on)))
