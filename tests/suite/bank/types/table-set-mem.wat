(module
  (memory $m 1)
  (func $f (memory.size $mem) (drop)))
