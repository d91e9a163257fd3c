(modul
  (func $f))
