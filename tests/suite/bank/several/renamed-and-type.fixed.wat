(module
  (memory 1)
  (func $fill (param $p i32) (param $end i32)
    loop $next
      local.get $p
      i32.const 0
      i32.store8
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (i32.lt_u (local.get $p) (local.get $end))
      br_if $next
    end)
  (func (export "pages") (result i32)
    memory.size)
  (export "fill" (func $fill)))
