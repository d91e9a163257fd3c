(module
  (type $P (struct (field i32) (field f64)))
  (func (export "mk") (result (ref $P))
    (i32.const 1)
    (f64.const 2)
    struct.new_with_rtt $P (rtt.canon $P)))
