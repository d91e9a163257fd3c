(module
  (type $widget (struct (field i32)))
  (import "ui" "draw" (func $draw (param (ref $widgit) i32)))
  (func (export "redraw") (param $w (ref $widget))
    (call $draw (local.get $w) (i32.const 0))))
