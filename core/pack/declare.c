#include "pack/declare.h"

#include "host/box.h"
#include "pack/source_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAY_MOST 64 /* how deep image_make lets values stand in each other */

/* ---- spots ---- */

spot spot_root(declaring *to, const json_t *declaration) {
  return (spot){.to = to, .value = declaration};
}

spot spot_member(const spot *of, const char *key) {
  const json_t *value = json_object_get(of->value, key);
  return (spot){.to = of->to, .value = json_is_null(value) ? NULL : value, .up = of, .key = key};
}

spot spot_element(const spot *of, size_t index) {
  const json_t *value = json_array_get(of->value, index);
  return (spot){.to = of->to, .value = json_is_null(value) ? NULL : value, .up = of, .index = index};
}

size_t spot_count(const spot *of) {
  if (json_is_array(of->value)) return json_array_size(of->value);
  /* The last position cannot be beyond the number of members; one that is missing before it is an absent item. */
  size_t count = json_object_size(of->value);
  char position[24];
  for (; count > 0; count--) {
    snprintf(position, sizeof position, "%zu", count);
    if (json_object_get(of->value, position)) break;
  }
  return count;
}

spot spot_item(const spot *of, size_t index) {
  if (json_is_array(of->value) || !of->value) return spot_element(of, index);
  spot item = {.to = of->to, .up = of, .index = index};
  item.key = arena_format(of->to->memory, "%zu", index + 1);
  const json_t *value = json_object_get(of->value, item.key);
  if (!json_is_null(value)) item.value = value;
  return item;
}

bool spot_there(const spot *of) {
  return of->value != NULL;
}

const char *spot_tag(const spot *of) {
  return json_is_object(of->value) ? json_member_text(of->value, "@") : NULL;
}

/* A list of hundreds of entries, such as a district's schools, is read once and not once for each entry. */
typedef struct long_list {
  const char *at; /* of its declaration */
  const source_index *index;
  struct long_list *next;
} long_list;

#define LONG_LIST 32

/* The line of a key below a long list; 0 where it is none. */
static int long_list_line(declaring *to, const json_t *declaration, const char *at, const char *const *keys,
                          size_t count) {
  if (!to->text || count == 0 || json_object_size(declaration) < LONG_LIST) return 0;
  long_list *list = to->lists;
  while (list && strcmp(list->at, at) != 0) list = list->next;
  if (!list) {
    place where = box_place(to->memory, at);
    const char *text = json_member_text(to->text->files, where.file);
    if (!text) return 0;
    list = arena_take(to->memory, sizeof *list);
    *list = (long_list){.at = at, .index = source_index_new(to->memory, text, where.line), .next = to->lists};
    to->lists = list;
  }
  return source_index_line(list->index, keys, count);
}

/* Keys from the nearest value that knows its line. The arguments of a function are passed over: what the tokens show is
 * the constructor in them. */
place spot_place(const spot *of) {
  const char *keys[WAY_MOST];
  size_t count = 0;
  const char *at = NULL;
  const json_t *declaration = NULL;
  for (const spot *s = of; s; s = s->up) {
    at = json_is_object(s->value) ? json_member_text(s->value, "at") : NULL;
    declaration = s->value;
    if (at && json_object_get(s->value, "@")) break;
    at = NULL;
    if (!s->up || count == WAY_MOST) continue;
    const char *holder = spot_tag(s->up);
    bool argument_list = s->key && strcmp(s->key, "args") == 0 && holder;
    bool argument = !s->key && s->up->key && strcmp(s->up->key, "args") == 0 && s->up->up && spot_tag(s->up->up);
    if (argument_list || argument) continue;
    keys[count++] = s->key ? s->key : arena_format(of->to->memory, "%zu", s->index + 1);
  }
  if (!at) return NOWHERE;
  for (size_t i = 0; i < count / 2; i++) {
    const char *other = keys[i];
    keys[i] = keys[count - 1 - i];
    keys[count - 1 - i] = other;
  }
  int line = long_list_line(of->to, declaration, at, keys, count);
  if (line == 0) return image_place(of->to->memory, of->to->text, at, keys, count);
  place where = box_place(of->to->memory, at);
  where.line = line;
  return where;
}

/* ---- faults ---- */

bool spot_fault(const spot *of, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  said what = said_format_list(of->to->memory, en, zh, arguments);
  va_end(arguments);
  return fault_add(of->to->problems, spot_place(of), "%s%.0s", "%.0s%s", what.in[LANGUAGE_EN], what.in[LANGUAGE_ZH]);
}

bool spot_warn(const spot *of, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  said what = said_format_list(of->to->memory, en, zh, arguments);
  va_end(arguments);
  return fault_warn(of->to->problems, spot_place(of), "%s%.0s", "%.0s%s", what.in[LANGUAGE_EN], what.in[LANGUAGE_ZH]);
}

/* A fault whose texts are ready. */
static bool say(const spot *of, const char *en, const char *zh) {
  return fault_add(of->to->problems, spot_place(of), "%s%.0s", "%.0s%s", en, zh);
}

/* How a spot is named in a message: its key, or which element it is. */
static const char *spot_name(const spot *of) {
  if (of->key) return of->key;
  if (!of->up) return "value";
  return arena_format(of->to->memory, "%s[%zu]", of->up->key ? of->up->key : "", of->index + 1);
}

/* What a value is, in both languages, for "expected …, found …". */
static said form_of(arena *a, const json_t *value) {
  switch (value ? json_typeof(value) : JSON_NULL) {
  case JSON_STRING:
    return (said){{arena_format(a, "文本“%s”", json_string_value(value)),
                   arena_format(a, "the text \"%s\"", json_string_value(value))}};
  case JSON_INTEGER: {
    char *number = arena_format(a, "%lld", (long long)json_integer_value(value));
    return (said){{arena_format(a, "数 %s", number), arena_format(a, "the number %s", number)}};
  }
  case JSON_TRUE:
    return (said){{"true", "true"}};
  case JSON_FALSE:
    return (said){{"false", "false"}};
  case JSON_ARRAY:
    return (said){{"列表", "a list"}};
  case JSON_OBJECT: {
    const char *tag = json_member_text(value, "@");
    if (!tag) return (said){{"带名称的表", "a table with names"}};
    if (strcmp(tag, "decimal") == 0) {
      const char *number = json_member_text(value, "value");
      return (said){{arena_format(a, "数 %s", number), arena_format(a, "the number %s", number)}};
    }
    return (said){{arena_format(a, "“%s”", tag), arena_format(a, "\"%s\"", tag)}};
  }
  default:
    return (said){{"空值", "nothing"}};
  }
}

static bool wrong_form(const spot *of, const char *en, const char *zh) {
  said found = form_of(of->to->memory, of->value);
  char *english = arena_format(of->to->memory, "\"%s\" must be %s, not %s", spot_name(of), en, found.in[LANGUAGE_EN]);
  char *chinese = arena_format(of->to->memory, "“%s”应为%s，而不是%s", spot_name(of), zh, found.in[LANGUAGE_ZH]);
  return say(of, english, chinese);
}

/* ---- keys ---- */

static bool is_position(const char *key) {
  return key[0] >= '1' && key[0] <= '9' && strspn(key, "0123456789") == strlen(key);
}

static bool unknown_key(const spot *of, const char *key, const key_row *keys, size_t count, const char *what_en,
                        const char *what_zh) {
  arena *a = of->to->memory;
  spot there = spot_member(of, key);
  if (is_position(key)) {
    return say(&there, arena_format(a, "%s takes only named keys; value %s has no name", what_en, key),
               arena_format(a, "%s只接受带名称的键；第 %s 个值没有名称", what_zh, key));
  }
  bool end = !strcmp(key, "until"); /* written as till: until is a word of Lua */
  if (end) key = "till";
  say(&there, arena_format(a, "unknown key \"%s\" in %s", key, what_en),
      arena_format(a, "%s中没有键“%s”", what_zh, key));
  const char **names = arena_array(a, count + 1, sizeof *names);
  buffer known = {0};
  for (size_t i = 0; i < count; i++) {
    names[i] = keys[i].name;
    buffer_format(&known, "%s%s", i ? ", " : "", keys[i].name);
  }
  const char *near = text_nearest(key, names, count);
  if (near && !strcmp(near, "until"))
    for (size_t i = 0; i < count; i++)
      if (!strcmp(names[i], "till")) near = "till"; /* `until` is a word of Lua: it cannot be written as a key */
  if (near) {
    fault_next(of->to->problems, "did you mean \"%s\"?", "是否想写“%s”？", near);
  } else {
    fault_next(of->to->problems, "known keys are: %s", "可用的键：%s", known.at ? known.at : "");
  }
  buffer_free(&known);
  return false;
}

bool spot_keys(const spot *of, const key_row *keys, size_t count, bool positions, const char *what_en,
               const char *what_zh) {
  if (!of->value) return true;
  bool empty = json_is_array(of->value) && json_array_size(of->value) == 0;
  if (!json_is_object(of->value) && !empty && !(positions && json_is_array(of->value))) {
    said found = form_of(of->to->memory, of->value);
    char *en = arena_format(of->to->memory, "%s must be a table with names, not %s", what_en, found.in[LANGUAGE_EN]);
    char *zh = arena_format(of->to->memory, "%s应为带名称的表，而不是%s", what_zh, found.in[LANGUAGE_ZH]);
    return say(of, en, zh);
  }
  bool good = true;
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)of->value, key, value) {
    if (strcmp(key, "@") == 0 || strcmp(key, "at") == 0 || (positions && is_position(key))) continue;
    bool known = false;
    for (size_t i = 0; i < count && !known; i++) known = strcmp(keys[i].name, key) == 0;
    if (!known) good = unknown_key(of, key, keys, count, what_en, what_zh);
  }
  for (size_t i = 0; i < count; i++) {
    if (!keys[i].required || json_object_get(of->value, keys[i].name)) continue;
    good = say(of, arena_format(of->to->memory, "%s lacks \"%s\"", what_en, keys[i].name),
               arena_format(of->to->memory, "%s缺少“%s”", what_zh, keys[i].name));
  }
  return good;
}

/* ---- values ---- */

const char *spot_text(const spot *of, const char *otherwise) {
  if (!of->value) return otherwise;
  if (json_is_string(of->value)) return json_string_value(of->value);
  wrong_form(of, "a text", "文本");
  return otherwise;
}

int64_t spot_integer(const spot *of, int64_t otherwise) {
  if (!of->value) return otherwise;
  if (json_is_integer(of->value)) return json_integer_value(of->value);
  fraction whole;
  const char *tag = spot_tag(of);
  const char *text = tag && strcmp(tag, "decimal") == 0 ? json_member_text(of->value, "value") : NULL;
  if (text && fraction_read(text, &whole) && whole.below == 1) return whole.above;
  wrong_form(of, "a whole number", "整数");
  return otherwise;
}

bool spot_truth(const spot *of, bool otherwise) {
  if (!of->value) return otherwise;
  if (json_is_boolean(of->value)) return json_is_true(of->value);
  wrong_form(of, "true or false", " true 或 false");
  return otherwise;
}

bool spot_fraction(const spot *of, fraction *out) {
  if (!of->value) return false;
  if (json_is_integer(of->value) && fraction_make(json_integer_value(of->value), 1, out)) return true;
  const char *text = json_string_value(of->value), *tag = spot_tag(of);
  if (tag && strcmp(tag, "decimal") == 0) text = json_member_text(of->value, "value");
  if (text && fraction_read(text, out)) return true;
  return wrong_form(of, "a number such as 30, \"0.5\" or \"1/3\"", "数，例如 30、\"0.5\" 或 \"1/3\"");
}

day spot_day(const spot *of, day otherwise) {
  if (!of->value) return otherwise;
  day read;
  if (json_is_string(of->value) && day_read(json_string_value(of->value), &read)) return read;
  wrong_form(of, "a day such as \"2025-03-01\"", "日期，例如 \"2025-03-01\"");
  return otherwise;
}

static said read_said(const spot *of, bool required) {
  spot parts[LANGUAGES] = {spot_member(of, "zh"), spot_member(of, "en")};
  said words = {{spot_text(&parts[LANGUAGE_ZH], NULL), spot_text(&parts[LANGUAGE_EN], NULL)}};
  if (!words.in[LANGUAGE_ZH]) words.in[LANGUAGE_ZH] = words.in[LANGUAGE_EN];
  if (!words.in[LANGUAGE_EN]) words.in[LANGUAGE_EN] = words.in[LANGUAGE_ZH];
  if (!words.in[LANGUAGE_EN] && required && !parts[0].value && !parts[1].value) {
    spot_fault(of, "\"%s\" needs words in zh or en", "“%s”需要 zh 或 en 文字", spot_name(of));
  }
  return words;
}

said spot_said(const spot *of, bool required) {
  static const key_row keys[] = {{"zh", false}, {"en", false}};
  if (!of->value) {
    if (required && of->up) {
      spot_fault(of->up, "\"%s\" is missing", "缺少“%s”", spot_name(of));
      fault_next(of->to->problems, "write %s = { zh = \"…\", en = \"…\" }", "请写 %s = { zh = \"…\", en = \"…\" }",
                 spot_name(of));
    }
    return (said){{NULL, NULL}};
  }
  if (json_is_string(of->value)) return (said){{json_string_value(of->value), json_string_value(of->value)}};
  if (!json_is_object(of->value)) {
    wrong_form(of, "words such as { zh = \"…\", en = \"…\" }", "文字，例如 { zh = \"…\", en = \"…\" }");
    return (said){{NULL, NULL}};
  }
  spot_keys(of, keys, 2, false, "words", "文字");
  return read_said(of, required);
}

said spot_said_keys(const spot *of, bool required) {
  return read_said(of, required);
}

int spot_word(const spot *of, const char *const *words, size_t count, int otherwise) {
  if (!of->value) return otherwise;
  if (!json_is_string(of->value)) {
    wrong_form(of, "one word as a text", "一个词（文本）");
    return -1;
  }
  const char *word = json_string_value(of->value);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(words[i], word) == 0) return (int)i;
  }
  spot_fault(of, "\"%s\" cannot be \"%s\"", "“%s”不能是“%s”", spot_name(of), word);
  const char *near = text_nearest(word, words, count);
  if (near) {
    fault_next(of->to->problems, "did you mean \"%s\"?", "是否想写“%s”？", near);
  } else {
    buffer known = {0};
    for (size_t i = 0; i < count; i++) buffer_format(&known, "%s%s", i ? ", " : "", words[i]);
    fault_next(of->to->problems, "it can be: %s", "可以是：%s", known.at ? known.at : "");
    buffer_free(&known);
  }
  return -1;
}

size_t spot_texts(const spot *of, const char ***out) {
  *out = NULL;
  if (!of->value) return 0;
  if (json_is_string(of->value)) {
    *out = arena_array(of->to->memory, 1, sizeof **out);
    (*out)[0] = json_string_value(of->value);
    return 1;
  }
  if (!json_is_array(of->value)) {
    wrong_form(of, "a text or a list of texts", "文本或文本列表");
    return 0;
  }
  size_t count = json_array_size(of->value), kept = 0;
  *out = arena_array(of->to->memory, count, sizeof **out);
  for (size_t i = 0; i < count; i++) {
    spot element = spot_element(of, i);
    const char *text = spot_text(&element, NULL);
    if (text) (*out)[kept++] = text;
  }
  return kept;
}
