(module
  (type $bits (array i8))
  (global $table (ref $bits)
    (array.new_fixed $bits 4
      (i32.const 1) (i32.const 2) (i32.const 4)))
  (func (export "get") (param $i i32) (result i32)
    (array.get_u $bits (global.get $table) (local.get $i))))
