(module
  (memory 1)
  (func $start
    (@custom "build" "42")
    (drop (memory.grow (i32.const 1))))
  (start $start))
