(module
  (type $binary (func (param i32 i32) (result i32)))
  (func (export "sub") (type $binary) (param $a i32) (param $b i32) (result i32)
    (i32.sub (local.get $a) (i32.const 1))))
