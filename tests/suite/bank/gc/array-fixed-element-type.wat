(module
  (type $primes (array i32))
  (global $p (ref $primes)
    (array.new_fixed $primes 3
      (i32.const 2)
      (i32.const 3)
      (i64.const 5))))
