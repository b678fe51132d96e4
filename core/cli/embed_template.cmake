# Writes OUTPUT, a C file with the texts of FILES (separated by |) as the table `plugin_template`
# (core/cli/plugin_template.h), under their own names without folders.
# Called as: cmake "-DFILES=a|b" -DOUTPUT=… -P embed_template.cmake
string(REPLACE "|" ";" FILES "${FILES}")
set(text "#include \"cli/plugin_template.h\"\n\n")
set(table "")
set(count 0)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND text "static const char text_${count}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${name}\", text_${count}},\n")
  math(EXPR count "${count} + 1")
endforeach()
string(APPEND text "\nconst plugin_template_text plugin_template[] = {\n${table}    {0, 0},\n};\n")
file(WRITE ${OUTPUT} "${text}")
