(module
  (type $account (struct (field $id i32) (field $balance i64)))
  (func (export "deposit") (param $a (ref $account)) (param $n i64)
    (struct.set $account $balance
      (local.get $a)
      (i64.add
        (struct.get $account $balance (local.get $a))
        (local.get $n)))))
