(module
  /* adds two numbers */
  (func $f))
