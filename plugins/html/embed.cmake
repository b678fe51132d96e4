# Makes a C file of the style sheet: its bytes, and the SHA-256 of exactly these bytes.
file(READ ${STYLE} bytes HEX)
file(SHA256 ${STYLE} digest)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REPLACE "0x0a," "0x0a,\n" bytes "${bytes}")
string(REGEX REPLACE "(..)" "0x\\1," digest "${digest}")
file(WRITE ${OUTPUT} "#include \"style.h\"\n\nconst unsigned char style_sheet[] = {\n${bytes}};\n"
  "const size_t style_length = sizeof style_sheet;\nconst unsigned char style_digest[32] = {${digest}};\n")
