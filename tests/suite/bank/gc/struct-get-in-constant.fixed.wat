(module
  (type $pair (struct (field $a i32) (field $b i32)))
  (global $p (ref $pair) (struct.new $pair (i32.const 1) (i32.const 2)))
  (global $a i32 (i32.const 1)))
