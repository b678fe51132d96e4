-- expect: the script failed
return string.format("%099999999d", 1)
