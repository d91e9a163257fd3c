(module
  (tag $e)
  (func $g)
  (func $f
    (block $h
      (try_table (catch $e)
        (call $g)))))
