(module
  (func $f (param $n i32)
    (loop $top
      (br $top))))
