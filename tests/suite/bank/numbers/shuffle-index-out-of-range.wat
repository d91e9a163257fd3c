(module
  (func (export "interleave") (param $a v128) (param $b v128) (result v128)
    local.get $a
    local.get $b
    i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 32))
