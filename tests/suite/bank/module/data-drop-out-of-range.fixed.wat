(module
  (memory 1)
  (data "one")
  (data "two")
  (func (export "done")
    data.drop 0
    data.drop 1))
