(module
  (func $f (param $i i32)
    (block $a (block $b (br_table a b (local.get $i))))))
