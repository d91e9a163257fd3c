(module
  (func $a)
  (elem declare func $a)
  (func (drop (ref.func $a))))
