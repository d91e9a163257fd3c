(module
  (memory 0)
  (data (@sym.segment strings (name ".rodata.str")) (@sym $s1 (name ".Ls1") local) "shared text\00" (@sym $s2 (name ".Ls2") local) "text\00")
  (func $a (result i32) (i32.const (@reloc $s1)))
  (func $b (result i32) (i32.const (@reloc $s2))))
