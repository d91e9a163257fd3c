(module
  (memory 1)
  (; not used at present
  (func $old (param i32)
    (drop (local.get 0))) (; see below ;)
  (func $new (export "new")
    (i32.store (i32.const 0) (i32.const 1))))
