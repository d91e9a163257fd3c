(module
  (tag $e)
  (func $work)
  (func (export "run")
    (block $caught
      (try_table (catch $e $caught)
        (call $work)))))
