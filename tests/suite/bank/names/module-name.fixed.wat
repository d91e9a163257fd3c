(module $test
  (func $f))
