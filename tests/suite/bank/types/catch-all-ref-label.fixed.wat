(module
  (import "env" "work" (func $work))
  (func (export "run")
    (block $h (result exnref)
      (try_table (catch_all_ref $h)
        (call $work))
      (return)
    )
    (drop)))
