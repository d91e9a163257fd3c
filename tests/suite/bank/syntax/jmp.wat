(module
  (func $f (param $a i32)
    (block $b
      (jmp $b))))
