(module
  (func $f (param $x i32)
    (block $out
      (br_if $out (local.get $x)))))
