(module
  (memory (data "x")))
