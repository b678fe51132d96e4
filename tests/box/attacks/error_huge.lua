-- expect: the script failed: xxxxxxxxxxxx
error(("x"):rep(10000000))
