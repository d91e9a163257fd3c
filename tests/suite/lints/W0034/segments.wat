(module
  (memory 1)
  (elem $passive func $main)
  (data $text "text")
  (data $used "used")
  (func $main (export "main")
    (memory.init $used (i32.const 0) (i32.const 0) (i32.const 4)))
)
