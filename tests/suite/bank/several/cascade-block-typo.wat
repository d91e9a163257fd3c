(module
  (func $f (param $x i32)
    (blok $out
      (br_if $out (local.get $x)))))
