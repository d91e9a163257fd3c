(module
  (import "js" "print" (func $print (param externref)))
  (type $text (array (mut i16)))
  (func (export "show") (param $t (ref $text))
    (call $print (extern.convert_any (local.get $t)))))
