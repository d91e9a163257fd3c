(module
  (import "js" "mem" (memory 1))
  (global $w i32 (i32.const 640))
  (global $h i32 (i32.const 480))
  (func $index (param $x i32) (param $y i32) (result i32)
    (i32.shl
      (i32.add
        (i32.mul (local.get $y) (global.get $w))
        (local.get $x))
      (i32.const 2)))
  (func $plot (param $x i32) (param $y i32) (param $rgba i32)
    (i32.store
      (call $index (local.get $x) (local.get $y))
      (local.get $rgba)))
  (func $hline (export "hline") (param $x0 i32) (param $x1 i32) (param $y i32) (param $rgba i32)
    (local $x i32)
    (local.set $x (local.get $x0))
    (block $end
      (loop $next
        (br_if $end (i32.gt_s (local.get $x) (local.get $x1)))
        (call $plot (local.get $x) (local.get $y) (local.get $rgba)))))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br $next))
  (func $clear (export "clear") (param $rgba i32)
    (local $y i32)
    (block $end
      (loop $next
        (br_if $end (i32.ge_s (local.get $y) (global.get $h)))
        (call $hline (i32.const 0) (i32.sub (global.get $w) (i32.const 1)) (local.get $y) (local.get $rgba))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $next)))))
