-- The prelude of every pack: it makes the words of the vocabulary out of what the box offers to it alone. Packs see the
-- words, never `makers`; a word makes a tagged value, which the core turns into data once the pack has run.
--
-- Returns what the loader needs: begin, collect, list, find.
local makers, words = ...

-- A pack may spoil the library tables it sees; what stands here is not theirs.
local insert = table.insert
local pairs, ipairs, type, select = pairs, ipairs, type, select
local node, declaration, about, raise, nearest = makers.node, makers.declaration, makers.about, makers.raise, makers.nearest

local function quoted(text) return '"' .. text .. '"' end
local function quoted_zh(text) return "“" .. text .. "”" end

-- Raises an error about an unknown name, with the nearest known one.
local function unknown(name, known, en, zh)
  local near = nearest(name, known)
  if near then
    raise(en, zh, "did you mean " .. quoted(near) .. "?", "是否想写" .. quoted_zh(near) .. "？")
  end
  raise(en, zh)
end

-- What a mapping or rule has where the pack says nothing.
local defaults = {
  adapter = { totals = { "合计", "总计", "小计" } },
}

local declarations, functions, methods, method_names = {}, {}, {}, {}
local recognitions, recognition_names = {}, {} -- by id; the names alone
local made = {} -- the declarations of the file that is running, in order
local all = {} -- those of all files, in the order in which they count

local function declare(word, fields)
  for key, value in pairs(defaults[word] or {}) do
    if fields[key] == nil then fields[key] = value end
  end
  if word == "recognition" and type(fields.id) == "string" and not recognitions[fields.id] then
    if declarations[fields.id] or functions[fields.id] then
      raise("a recognition cannot be called " .. quoted(fields.id) .. ", which is a word of the language",
        "认定不能命名为" .. quoted_zh(fields.id) .. "，它是语言中的词", "choose another id", "请换一个 id")
    end
    recognitions[fields.id] = true
    insert(recognition_names, fields.id)
  end
  local value = declaration(word, fields)
  insert(made, value)
  return value
end

local function one_table(word, count, value)
  if type(value) == "table" and count == 1 then return end
  raise(word .. " takes one table", word .. " 只接受一个表", "write " .. word .. " { … }", "请写 " .. word .. " { … }")
end

local function declaring(word)
  return function(...)
    local fields = ...
    one_table(word, select("#", ...), fields)
    return declare(word, fields)
  end
end

-- case "what it shows" { … }: the sentence becomes the title.
local function case(title, ...)
  if type(title) ~= "string" or select("#", ...) > 0 then
    raise("case needs its sentence as a text", "case 需要一句文字作标题", 'write case "…" { … }', '请写 case "…" { … }')
  end
  return function(...)
    local fields = ...
    one_table("case", select("#", ...), fields)
    fields.title = title
    return declare("case", fields)
  end
end

local constants = { none = true, any = true } -- words that stand without arguments

for _, word in ipairs(words) do
  local name = word.name
  if word.form == "declaration" then
    declarations[name] = name == "case" and case or declaring(name)
  elseif word.form == "function" then
    functions[name] = constants[name] and true or function(...) return node(name, nil, ...) end
  else
    methods[name] = function(self, ...)
      if not about(self) then
        raise("the method " .. quoted(name) .. " is called with a dot", "方法" .. quoted_zh(name) .. "的调用用了句点",
          "write a colon before it: x:" .. name .. "(…)", "请在其前写冒号：x:" .. name .. "(…)")
      end
      return node(name, self, ...)
    end
    insert(method_names, name)
  end
end

for name, make in pairs(declarations) do makers.name(name, make) end
for name, make in pairs(functions) do
  if name == "table" then
    makers.callable(table, function(_, ...) return node("table", nil, ...) end)
  elseif make ~= true then
    makers.name(name, make)
  end
end
makers.name("P", makers.namespace("P"))

-- A name that does not exist may be the name of a recognition, usable as it stands (credits) and called (credits "online").
makers.missing(function(_, name)
  if constants[name] then return node(name, nil) end
  if recognitions[name] then return node("recognised", nil, name) end
  local known = makers.names()
  for word in pairs(constants) do insert(known, word) end
  for _, id in ipairs(recognition_names) do insert(known, id) end
  local en, zh = "unknown name " .. quoted(name), "未知名称" .. quoted_zh(name)
  if nearest(name, known) then unknown(name, known, en, zh) end
  raise(en, zh, "words are listed in types/hongzhu.lua; a recognition is one below its declaration, or anywhere if it stands in recognition.lua",
    "可用的词见 types/hongzhu.lua；认定在声明之后才能使用，写在 recognition.lua 中则处处可用")
end)

local function no_operator(sign, en, zh)
  return function()
    raise("expressions cannot be combined with " .. sign, "表达式之间不能使用 " .. sign, en, zh)
  end
end
local function operator(op)
  return function(left, right) return node(op, nil, left, right) end
end
local compare_en, compare_zh = "write :at_least, :at_most, :more_than or :less_than", "请写 :at_least、:at_most、:more_than 或 :less_than"

makers.events {
  index = function(value, key)
    local op, kind = about(value)
    if kind == "namespace" then
      if type(key) ~= "string" then raise("a parameter's name must be a text", "参数名必须是文本") end
      return node("parameter", nil, key)
    end
    local method = methods[key]
    if method then return method end
    if type(key) ~= "string" then
      raise("an expression has no members by position", "表达式没有按位置的成员")
    end
    unknown(key, method_names, "unknown method " .. quoted(key), "未知方法" .. quoted_zh(key))
  end,
  newindex = function() raise("an expression cannot be changed", "表达式不能修改") end,
  call = function(value, class, ...)
    local op, _, _, parts = about(value)
    if op == "recognised" and parts.n == 1 then
      if type(class) ~= "string" or select("#", ...) > 0 then
        raise("a recognition takes one class as a text", "认定后只能写一个类别（文本）",
          "write " .. parts[1] .. ' "…"', "请写 " .. parts[1] .. ' "…"')
      end
      return node("recognised", nil, parts[1], class)
    end
    raise("the expression " .. quoted(op) .. " is no function", "表达式" .. quoted_zh(op) .. "不是函数",
      "a method is called with a colon, as in x:cap(…)", "方法用冒号调用，例如 x:cap(…)")
  end,
  add = operator "add",
  sub = operator "subtract",
  mul = operator "multiply",
  div = operator "divide",
  unm = no_operator("unary -", "write 0 - x", "请写 0 - x"),
  mod = no_operator("%"),
  pow = no_operator("^"),
  idiv = no_operator("//", "write :round", "请写 :round"),
  band = no_operator("&", "write all_of { … }", "请写 all_of { … }"),
  bor = no_operator("|", "write any_of { … }", "请写 any_of { … }"),
  concat = no_operator(".."),
  len = no_operator("#", "write :count()", "请写 :count()"),
  lt = no_operator("<", compare_en, compare_zh),
  le = no_operator("<=", compare_en, compare_zh),
}

local function is_declaration(value)
  local _, kind = about(value)
  return kind == "declaration"
end

local function refuse_result(file, value, position)
  local op = about(value)
  local what = op and quoted(op) or type(value)
  local what_zh = op and quoted_zh(op) or type(value)
  if position then what, what_zh = what .. " at position " .. position, "第 " .. position .. " 项的" .. what_zh end
  raise("the file returns " .. what .. ", which is no declaration", "文件返回了" .. what_zh .. "，它不是声明",
    "return declarations such as rule { … }, or a list of them", "请返回 rule { … } 这样的声明，或声明的列表", file .. ":0")
end

-- Takes the declarations of a file from what it returned. Cases need not be returned; anything else that was made but
-- not returned was forgotten.
local function collect(file, ...)
  local result = ...
  if select("#", ...) > 1 then
    raise("the file returns more than one value", "文件返回了多个值", "return a list: return { rule { … }, rule { … } }",
      "请返回列表：return { rule { … }, rule { … } }", file .. ":0")
  end
  local list = {}
  if is_declaration(result) then
    list[1] = result
  elseif type(result) == "table" then
    for position, value in pairs(result) do
      if not is_declaration(value) then refuse_result(file, value, position) end
      insert(list, value)
    end
  elseif result ~= nil then
    refuse_result(file, result)
  end
  for _, value in ipairs(made) do
    local returned = false
    for _, other in ipairs(list) do returned = returned or other == value end
    local word, _, at = about(value)
    if not returned and word ~= "case" and word ~= "leaves_open" then
      raise("this " .. quoted(word) .. " is declared but not returned", "声明了" .. quoted_zh(word) .. "但没有返回",
        "write return before it, or put it into the returned list", "请在其前写 return，或放入返回的列表", at)
    elseif not returned then
      insert(list, value)
    end
  end
  for _, value in ipairs(list) do insert(all, value) end
end

local function begin() made = {} end

-- The function under `key` of the last declaration of this word and id, for the ways out.
local function find(word, id, key)
  for position = #all, 1, -1 do
    local op, _, _, fields = about(all[position])
    if op == word and fields.id == id then return fields[key] end
  end
end

return { begin = begin, collect = collect, list = all, find = find }
