(module
  (func $risky)
  (func $f
    (block $h
      (try_table (catch_all_ref $h)
        (call $risky))))
  )
