-- expect: the name "kinds" is not declared as local
kinds = 1
