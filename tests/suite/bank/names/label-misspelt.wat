(module
  (func (export "count") (param $n i32) (result i32)
    (local $i i32)
    (block $finished
      (loop $continue
        (br_if $finishd (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $continue)))
    (local.get $i)))
