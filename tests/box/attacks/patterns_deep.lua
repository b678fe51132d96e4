-- expect: pattern too complex
return (("x"):rep(300000)):match((".-"):rep(200000))
