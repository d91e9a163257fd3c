(module
  (memory 1)
  (func (export "poke")
    (i32.store8 (i32.const 0xff) (i32.const 1))))
