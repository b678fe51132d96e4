-- expect: the script failed
error(error)
