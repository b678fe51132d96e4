-- expect: unknown name "nobody"
table.insert, table.concat, string.rep = nil, nil, nil
return nobody
