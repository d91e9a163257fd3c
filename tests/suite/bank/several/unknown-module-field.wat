(module
  (expor "f" (func $f))
  (func $f))
