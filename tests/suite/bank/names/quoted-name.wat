(module
  (func $main)
  (func $f (call "main")))
