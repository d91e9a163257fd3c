(module
  (type $Pixel (struct
    (field $r i8) (field $g i8) (field $b i8) (field $a i32)))
  (func (export "alpha") (param $p (ref null $Pixel)) (result i32)
    (i32.mul
      (struct.get_u $Pixel $r (local.get $p))
      (struct.get_u $Pixel $a (local.get $p)))))
