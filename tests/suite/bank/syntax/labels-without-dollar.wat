(module
  (func $f
    (block done (loop next (br_if done (i32.const 1)) (br next)))))
