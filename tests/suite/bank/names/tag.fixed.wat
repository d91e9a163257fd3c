(module
  (tag $oops (param i32))
  (func (throw $oops (i32.const 1))))
