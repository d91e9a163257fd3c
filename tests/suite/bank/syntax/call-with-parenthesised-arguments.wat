(module
  (func $max (param i32 i32) (result i32)
    (select (local.get 0) (local.get 1) (i32.gt_s (local.get 0) (local.get 1))))
  (func (export "max3") (param $a i32) (param $b i32) (param $c i32) (result i32)
    $max($max($a, $b), $c)))
