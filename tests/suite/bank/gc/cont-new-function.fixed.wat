(module
  (type $task (func (param i32)))
  (type $other (func))
  (type $k (cont $task))
  (elem declare func $work)
  (func $work (type $task))
  (func (export "spawn")
    (drop
      (cont.new $k (ref.func $work)))))
