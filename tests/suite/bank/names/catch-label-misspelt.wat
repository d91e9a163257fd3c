(module
  (tag $e)
  (func $work)
  (func (export "run")
    (block $handler
      (try_table (catch $e $handlr)
        (call $work)))))
