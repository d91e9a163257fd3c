(module
  (import "js" "print" (func $print (param externref)))
  (type $text (array (mut i16)))
  (func (export "show") (param $t (ref $text))
    (call $print (local.get $t))))
