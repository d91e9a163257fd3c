(module
  (func $g)
  (func $f
    (block $h
      (try_table (catch_all $h)
        (call $g)))))
