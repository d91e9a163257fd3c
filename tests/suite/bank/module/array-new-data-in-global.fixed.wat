(module
  (type $bytes (array i8))
  (data $d "\00\01\02\03")
  (global $table (export "table") (ref $bytes)
    (array.new_fixed $bytes 4 (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 3))))
