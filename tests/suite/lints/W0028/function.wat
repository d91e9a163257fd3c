(module
  (func $used)
  (func $unused (call $also_unused))
  (func $also_unused)
  (func $_kept)
  (func $recursive (param $n i32)
    (if (local.get $n) (then (call $recursive (i32.const 0)))))
  (func $main (export "main") (call $used))
)
