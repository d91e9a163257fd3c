(module
  (func $count (export "count") (param $n i32) (result i32)
    (local $i i32)
    (block $out
      (loop $again
        (br_if $out (i32.eq (local.get $i) (local.get $n)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $again)))
      
    (local.get $i))
  (func (export "twice") (param i32) (result i32)
    (i32.mul (local.get 0) (i32.const 2))))
