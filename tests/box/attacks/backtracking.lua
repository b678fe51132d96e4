-- expect: the script was stopped after 5 seconds of computing
return ("a"):rep(10000):find ".-.-.-.-b$"
