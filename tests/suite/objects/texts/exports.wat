(module
  (func $f (@sym (name "aa")) (@sym $x (name "x")) (export "x") nop)
  (func $g (@sym (name "gg")) (@sym $y (name "y") hidden) (export "y") (call $g (@reloc $y)))
  (func $h (export "h1") (export "h2") (call $h)))
