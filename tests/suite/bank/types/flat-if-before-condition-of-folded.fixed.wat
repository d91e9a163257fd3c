(module
  (import "env" "log" (func $log (param i32)))
  (func $f (param $x i32)
    
      local.get $x
      i32.const 10
      i32.gt_s
    if
      local.get $x
      call $log
    end))
