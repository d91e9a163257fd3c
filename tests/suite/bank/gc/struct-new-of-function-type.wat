(module
  (type $code (func (result i32)))
  (type $thunk (struct (field $code (ref $code))))
  (elem declare func $one)
  (func $one (type $code) (i32.const 1))
  (func (export "delay")
    (drop
      (struct.new $code (ref.func $one)))))
