#include "pack/stubs.h"

#include "pack/vocabulary.h"

#include <string.h>

/* One parameter of a signature: "span?: string". */
typedef struct parameter_stub {
  const char *name, *type;
  bool optional;
} parameter_stub;

/* Types of the language that are all expressions to an editor. */
static bool is_plain(const char *type) {
  static const char *const plain[] = {"table", "string", "any", "integer", "string|table"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    if (strcmp(plain[i], type) == 0) return true;
  }
  return strncmp(type, "fun(", 4) == 0;
}

/* What a parameter takes: a number may also be an expression, a source also a column's name. */
static const char *taken(const char *type) {
  if (strcmp(type, "number") == 0) return "number|string|expression";
  if (strcmp(type, "string|source") == 0) return "string|expression";
  return is_plain(type) ? type : "expression";
}

/* Reads "(a: T, b?: U): R"; the count of parameters. The signature ends where the word takes no arguments. */
static size_t read_signature(arena *a, const char *signature, parameter_stub *out, size_t most) {
  const char *at = strchr(signature, '('), *end = strstr(signature, "):");
  size_t count = 0;
  while (at && end && at < end && count < most) {
    at += at[0] == '(' || at[0] == ',' ? 1 : 0;
    while (*at == ' ') at++;
    if (at >= end) break;
    const char *colon = strchr(at, ':'), *comma = at;
    while (comma < end && *comma != ',') comma++;
    if (!colon || colon > comma) break;
    parameter_stub *p = &out[count++];
    p->optional = colon[-1] == '?';
    p->name = arena_text_of(a, at, (size_t)(colon - at) - (p->optional ? 1 : 0));
    p->type = arena_text_of(a, colon + 2, (size_t)(comma - colon) - 2);
    at = comma;
  }
  return count;
}

static void write_word(arena *a, buffer *out, const word_row *word) {
  parameter_stub parameters[8];
  size_t count = read_signature(a, word->signature, parameters, 8);
  buffer_format(out, "\n---%s\n---%s\n", word->help.in[LANGUAGE_ZH], word->help.in[LANGUAGE_EN]);
  if (word->signature[0] == '\0') { /* stands by itself */
    buffer_format(out, "---@type expression\n%s = {}\n", word->name);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const char *name = strcmp(parameters[i].name, "...") == 0 ? "..." : parameters[i].name;
    buffer_format(out, "---@param %s%s %s\n", name, parameters[i].optional ? "?" : "", taken(parameters[i].type));
  }
  const char *result = strstr(word->signature, "): ");
  bool calls_on = result && strncmp(result + 3, "fun(", 4) == 0;
  buffer_format(out, "---@return %s\nfunction %s%s(", calls_on ? "fun(t: table): expression" : "expression",
                word->form == WORD_METHOD ? "expression:" : "", word->name);
  for (size_t i = 0; i < count; i++) buffer_format(out, "%s%s", i ? ", " : "", parameters[i].name);
  buffer_text(out, ") end\n");
}

char *stubs_text(arena *a) {
  buffer out = {0};
  buffer_text(&out, "---@meta\n"
                    "-- The words of packs for lua-language-server, made from the program's own table: change it "
                    "there. Nothing runs.\n"
                    "\n"
                    "---规则包中的表达式：只声明，由程序稍后计算\n"
                    "---an expression of a pack: declared here, computed by the program later\n"
                    "---@class expression\n"
                    "---@operator add(any): expression\n"
                    "---@operator sub(any): expression\n"
                    "---@operator mul(any): expression\n"
                    "---@operator div(any): expression\n"
                    "---@operator call(string): expression\n"
                    "local expression = {}\n"
                    "\n"
                    "---参数：P.名称\n"
                    "---parameters: P.name\n"
                    "---@type table<string, expression>\n"
                    "P = {}\n");
  for (size_t i = 0; i < vocabulary_count; i++) {
    /* `table { … }` shares its name with Lua's library, which editors know already */
    if (vocabulary[i].form == WORD_FUNCTION && strcmp(vocabulary[i].name, "table") == 0) continue;
    write_word(a, &out, &vocabulary[i]);
  }
  char *text = arena_text_of(a, out.at, out.length);
  buffer_free(&out);
  return text;
}
