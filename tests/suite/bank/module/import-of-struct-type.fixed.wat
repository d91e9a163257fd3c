(module
  (type $point (struct (field f32) (field f32)))
  (type $plot (func (param f32 f32)))
  (import "canvas" "plot" (func $plot (type $plot)))
  (func (export "origin")
    (call $plot (f32.const 0) (f32.const 0))))
