(module
  (type $empty (struct (field (mut i64))))
  (global $zero (ref $empty) (struct.new_default_with_rtt $empty)))
