(module
  (tag $e)
  (func $g)
  (func $f
    (block $h
      (try_table (call $g)
        (catch $e $h)))))
