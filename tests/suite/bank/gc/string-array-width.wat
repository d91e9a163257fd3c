(module
  (type $utf8 (array (mut i8)))
  (type $utf16 (array (mut i16)))
  (import "wasm:js-string" "fromCharCodeArray"
    (func $from (param (ref null $utf16) i32 i32) (result (ref extern))))
  (func (export "str") (param $b (ref $utf8)) (result externref)
    (call $from
      (local.get $b)
      (i32.const 0)
      (array.len (local.get $b)))))
