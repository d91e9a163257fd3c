(module
  (func $risky)
  (func $f
    (block $h
      (try_table (catch_all $h)
        (call $risky))))
  )
