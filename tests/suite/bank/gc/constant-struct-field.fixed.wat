(module
  (type $rgb (struct (field $r i32) (field $g i32) (field $b i32)))
  (global $red (ref $rgb)
    (struct.new $rgb (i32.const 255) (i32.const 0) (i32.const 0)))
  (export "red" (global $red)))
