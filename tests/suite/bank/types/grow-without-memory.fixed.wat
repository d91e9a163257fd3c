(module
  (import "env" "oom" (func $oom))
  (memory 1)
  (func (export "reserve") (param $pages i32)
    (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1))
      (then (call $oom)))))
