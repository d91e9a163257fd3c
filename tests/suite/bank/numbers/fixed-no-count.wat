(module
  (type $a (array i32))
  (func $f (result (ref $a))
    (array.new_fixed $a (i32.const 1) (i32.const 2) (i32.const 3))))
