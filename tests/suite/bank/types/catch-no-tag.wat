(module
  (func $g)
  (func $f
    (block $h
      (try_table (catch $h)
        (call $g)))))
