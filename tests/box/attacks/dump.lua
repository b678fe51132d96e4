-- expect: attempt to call a nil value (field 'dump')
return ("").dump(function() end), ("x"):dump()
