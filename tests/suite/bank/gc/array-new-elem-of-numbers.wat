(module
  (type $codes (array i32))
  (elem $fs func $f)
  (func $f)
  (func (export "codes") (result (ref $codes))
    i32.const 0
    i32.const 1
    array.new_elem $codes $fs))
