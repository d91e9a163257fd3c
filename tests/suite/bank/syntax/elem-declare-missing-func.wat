(module
  (func $a)
  (elem declare $a)
  (func (drop (ref.func $a))))
