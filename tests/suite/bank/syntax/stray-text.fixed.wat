(module
  (func $f)
  
  (func $g))
