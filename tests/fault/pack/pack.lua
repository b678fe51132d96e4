-- The smallest district there is: what the faults are tried on. It loads quickly, for it is loaded ten thousand times.
return pack { id = "fault", version = "1", api = 1, title = { zh = "故障测试", en = "faults" } }
