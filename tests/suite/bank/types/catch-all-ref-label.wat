(module
  (import "env" "work" (func $work))
  (func (export "run")
    (block $h
      (try_table (catch_all_ref $h)
        (call $work))
      )))
