(module
  (type $bytes (array i8))
  (data $d "\00\01\02\03")
  (global $table (export "table") (ref $bytes)
    (array.new_data $bytes $d (i32.const 0) (i32.const 4))))
