(module
  (import "js" "undefined" (global $undefined externref))
  (global $none (mut anyref) (any.convert_extern (global.get $undefined)))
  (func (export "reset") (result anyref)
    (global.get $none)))
