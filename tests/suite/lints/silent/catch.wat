(module
  (tag $e (param i32))
  (func $f (export "f") (param $n i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $e $caught)
        (throw $e (local.get $n)))
      (i32.const 0)))
  (func $g (export "g") (param $n i32) (result i32)
    (local $step i32)
    try
      i32.const 1
      local.set $step
      local.get $n
      call $h
      i32.const 2
      local.set $step
      local.get $n
      throw $e
    catch $e
      drop
    end
    local.get $step)
  (func $h (param $n i32) (if (local.get $n) (then (throw $e (i32.const 1)))))
)
