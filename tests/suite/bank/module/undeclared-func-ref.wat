(module
  (type $callback (func (param i32)))
  (func $on_click (type $callback) (drop (local.get 0)))
  (func (export "register") (result funcref)
    ref.func $on_click))
