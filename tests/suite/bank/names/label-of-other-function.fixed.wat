(module
  (func $a (block $out (br $out)))
  (func $b (param $x i32)
    (block $exit
      (br_if $exit (local.get $x)))))
