-- expect: unknown name "load"
load("return 1")
