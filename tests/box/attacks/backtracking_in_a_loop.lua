-- expect: the script was stopped after 5 seconds of computing
for _ in ("a"):rep(20000):gmatch "(.-)(.-)(.-)b" do end
