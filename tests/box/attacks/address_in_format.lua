-- expect: invalid conversion '%p' to 'format'
error(string.format("%5p", {}))
