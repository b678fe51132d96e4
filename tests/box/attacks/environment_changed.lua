-- expect: the name "rule" is not declared as local
_ENV.rule = function() end
