(module
  (func $f (export "f") (param $n i32) (result i32)
    (block $b (result i32)
      (i32.add (i32.const 1) (call $f (local.get $n))))))
