-- expect: too many captures
return ("x"):match(("()"):rep(100))
