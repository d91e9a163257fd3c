(module
  (memory 1)
  (@custom "build" "42")
  (func $start
    (drop (memory.grow (i32.const 1))))
  (start $start))
