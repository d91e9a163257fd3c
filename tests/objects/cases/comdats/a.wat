(module
  (memory 0)
  (@comdat $g "group")
  (func $shared (@sym weak (comdat $g)) (result i32) (i32.const 1))
  (func $in2 (@sym weak) (@comdat "other") (result i32) (i32.load (@reloc $d) (i32.const 0)))
  (data $d (@sym.segment (name ".data.d") (align 4) (comdat $g)) (i32.const 0) (@sym $d (name "d") weak) "\05\00\00\00")
  (func $use_a (result i32) (i32.add (call $shared) (call $in2))))
