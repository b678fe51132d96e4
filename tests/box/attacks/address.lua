-- expect: the script failed: table function expression "records" userdata-free
-- no address reaches a text
local e = records {}
error(tostring({}) .. " " .. tostring(print) .. " " .. tostring(e) .. " userdata-free")
