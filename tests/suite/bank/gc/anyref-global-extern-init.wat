(module
  (import "js" "undefined" (global $undefined externref))
  (global $none (mut anyref) (global.get $undefined))
  (func (export "reset") (result anyref)
    (global.get $none)))
