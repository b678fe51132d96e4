-- expect: the script failed
error("\xff\xfe\x80" .. ("\xe4"):rep(700))
