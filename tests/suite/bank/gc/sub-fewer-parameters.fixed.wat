(module
  (type $callback (sub (func (param i32 i32))))
  (type $short (sub $callback (func (param i32 i32))))
  (func $f (type $short) (nop))
  (elem declare func $f)
  (export "f" (func $f)))
