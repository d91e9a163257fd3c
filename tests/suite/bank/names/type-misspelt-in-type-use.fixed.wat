(module
  (type $handler (func (param i32)))
  (func $on_click (type $handler)
    (drop (local.get 0)))
  (export "click" (func $on_click)))
