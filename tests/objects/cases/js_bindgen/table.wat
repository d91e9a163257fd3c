(module (@rwat)
  (table $handles (@sym) 2 externref))
