#include "pack/pack_set.h"

#include <string.h>

typedef struct tried { /* a parameter that gets other values: its entries, changed */
  const parameter *of;
  parameter_entry *entries;
  size_t count;
} tried;

typedef struct wanted { /* "rate.national@2025-01-01=0.6" */
  const char *text, *id, *word, *value;
  day from; /* DAY_NONE: all days */
} wanted;

/* ---- reading what was given ---- */

static bool read_wanted(arena *a, const char *given, wanted *out, faults *problems) {
  const char *equals = strchr(given, '=');
  *out = (wanted){.text = given, .from = DAY_NONE};
  if (!equals || equals == given || !equals[1]) {
    fault_add(problems, NOWHERE, "\"%s\" sets no parameter", "“%s”没有给参数赋值", given);
    return fault_next(problems, "write PARAMETER=VALUE, as in cycle_credits=400",
                      "请写成“参数=取值”，例如 cycle_credits=400");
  }
  char *id = arena_text_of(a, given, (size_t)(equals - given)), *at = strchr(id, '@');
  if (at) {
    *at++ = '\0';
    if (!day_read(at, &out->from)) {
      fault_add(problems, NOWHERE, "\"%s\": \"%s\" is no day", "“%s”：“%s”不是日期", given, at);
      return fault_next(problems, "write PARAMETER@YYYY-MM-DD=VALUE", "请写成“参数@YYYY-MM-DD=取值”");
    }
  }
  char *dot = strchr(id, '.');
  if (dot) {
    *dot = '\0';
    out->word = dot + 1;
  }
  out->id = id;
  out->value = text_plain(a, equals + 1);
  return true;
}

static bool no_parameter(arena *a, const pack *p, const char *id, faults *problems) {
  fault_add(problems, NOWHERE, "pack \"%s\" has no parameter \"%s\"", "规则包“%s”没有参数“%s”", p->id, id);
  const char *near = p->parameters.count ? parameters_nearest(&p->parameters, a, id) : NULL;
  if (near) return fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return fault_next(problems, "hongzhu pack show lists the parameters", "用 hongzhu pack show 查看有哪些参数");
}

static bool check_word(arena *a, const parameter *p, const wanted *w, faults *problems) {
  const parameter_entry *e = &p->entries[p->entries_count - 1];
  const char **words = arena_array(a, e->words_count + 1, sizeof *words);
  buffer known = {0};
  bool found = false;
  for (size_t i = 0; i < e->words_count; i++) {
    words[i] = e->words[i].word;
    buffer_format(&known, "%s%s", i ? ", " : "", words[i]);
    found = found || text_same(words[i], w->word);
  }
  if (found) {
    buffer_free(&known);
    return true;
  }
  if (w->word) {
    fault_add(problems, NOWHERE, "parameter \"%s\" has no value for \"%s\"", "参数“%s”没有“%s”一项取值", w->id,
              w->word);
    const char *near = text_nearest(w->word, words, e->words_count);
    if (near)
      fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    else
      fault_next(problems, "it has values for: %s", "它的取值按以下各词给出：%s", known.at ? known.at : "");
  } else {
    fault_add(problems, NOWHERE, "parameter \"%s\" has a value for each of: %s", "参数“%s”按以下各词分别取值：%s",
              w->id, known.at ? known.at : "");
    fault_next(problems, "name one, as in %s.%s=%s", "请指明其中一个，例如 %s.%s=%s", w->id,
               e->words_count ? words[0] : "WORD", w->value);
  }
  buffer_free(&known);
  return false;
}

static bool check_wanted(arena *a, const parameter *p, const wanted *w, faults *problems) {
  day on;
  fraction number;
  if (p->form == PARAMETER_BY_WORD) {
    if (!check_word(a, p, w, problems)) return false;
  } else if (w->word) {
    fault_add(problems, NOWHERE, "parameter \"%s\" has one value, not one for \"%s\"",
              "参数“%s”只有一个取值，不分“%s”等各项", w->id, w->word);
    return fault_next(problems, "write %s=%s", "请写成 %s=%s", w->id, w->value);
  }
  if (p->form == PARAMETER_DAY) {
    if (day_read(w->value, &on)) return true;
    fault_add(problems, NOWHERE, "parameter \"%s\" is a day, and \"%s\" is none", "参数“%s”是日期，而“%s”不是日期",
              w->id, w->value);
    return fault_next(problems, "write it as YYYY-MM-DD", "请写成 YYYY-MM-DD");
  }
  if (fraction_read(w->value, &number)) return true;
  fault_add(problems, NOWHERE, "parameter \"%s\" is a number, and \"%s\" is none", "参数“%s”是数，而“%s”不是数", w->id,
            w->value);
  return fault_next(problems, "write it as 400, 0.5 or 1/3", "请写成 400、0.5 或 1/3");
}

/* The same parameter, word and day as an earlier one of these: it would be left to their order which is tried. */
static bool check_once(const wanted *all, size_t count, const wanted *w, faults *problems) {
  for (size_t i = 0; i < count; i++) {
    if (!text_same(all[i].id, w->id) || !text_same(all[i].word, w->word) || all[i].from != w->from) continue;
    fault_add(problems, NOWHERE, "\"%s\" and \"%s\" set the same", "“%s”与“%s”是对同一项赋值", all[i].text, w->text);
    return fault_next(problems, "leave one of them out", "请去掉其中一个");
  }
  return true;
}

/* ---- putting it in ---- */

static tried *tried_of(arena *a, tried *all, size_t *count, const parameter *p) {
  for (size_t i = 0; i < *count; i++)
    if (all[i].of == p) return &all[i];
  tried *one = &all[(*count)++];
  *one = (tried){.of = p, .count = p->entries_count};
  one->entries = arena_array(a, p->entries_count, sizeof *one->entries);
  memcpy(one->entries, p->entries, p->entries_count * sizeof *one->entries);
  return one;
}

static void set_entry(arena *a, const parameter *p, parameter_entry *e, const wanted *w) {
  if (p->form == PARAMETER_DAY) {
    day_read(w->value, &e->day);
  } else if (p->form == PARAMETER_NUMBER) {
    fraction_read(w->value, &e->number);
  } else {
    parameter_word *words = arena_copy(a, e->words, e->words_count * sizeof *words);
    for (size_t i = 0; i < e->words_count; i++)
      if (!strcmp(words[i].word, w->word)) fraction_read(w->value, &words[i].value);
    e->words = words;
  }
  e->source = NULL;
  e->assumed = (said){{arena_format(a, "试算取值 %s", w->text), arena_format(a, "a value tried: %s", w->text)}};
}

/* From a day on: an entry more, or another value for the one that begins on that day. */
static void set_from(arena *a, tried *t, const wanted *w) {
  size_t at = 0;
  while (at < t->count && t->entries[at].from < w->from) at++;
  bool there = at < t->count && t->entries[at].from == w->from;
  if (!there) {
    parameter_entry *more = arena_array(a, t->count + 1, sizeof *more);
    memcpy(more, t->entries, at * sizeof *more);
    more[at] = t->entries[at ? at - 1 : 0];
    more[at].from = w->from;
    memcpy(more + at + 1, t->entries + at, (t->count - at) * sizeof *more);
    t->entries = more;
    t->count++;
  }
  set_entry(a, t->of, &t->entries[at], w);
}

/* ---- the file that declares them again ---- */

static void lua_text(buffer *b, const char *text) {
  buffer_text(b, "\"");
  for (const char *p = text ? text : ""; *p; p++) {
    if (*p == '"' || *p == '\\')
      buffer_format(b, "\\%c", *p);
    else if ((unsigned char)*p < 0x20)
      buffer_format(b, "\\%03d", *p);
    else
      buffer_bytes(b, p, 1);
  }
  buffer_text(b, "\"");
}

static void lua_key(buffer *b, const char *key, const char *text) {
  if (!text) return;
  buffer_format(b, "%s = ", key);
  lua_text(b, text);
  buffer_text(b, ", ");
}

static void lua_said(buffer *b, const char *key, said words) {
  if (!words.in[LANGUAGE_ZH] && !words.in[LANGUAGE_EN]) return;
  buffer_format(b, "%s = { ", key);
  lua_key(b, "zh", words.in[LANGUAGE_ZH]);
  lua_key(b, "en", words.in[LANGUAGE_EN]);
  buffer_text(b, "}, ");
}

static void lua_number(buffer *b, fraction f) {
  buffer_format(b, "\"%lld/%lld\"", (long long)f.above, (long long)f.below);
}

static void lua_entry(buffer *b, const parameter *p, const parameter_entry *e) {
  char written[11];
  day_write(e->from, written);
  buffer_format(b, "    { from = \"%s\", value = ", written);
  if (p->form == PARAMETER_DAY) {
    day_write(e->day, written);
    buffer_format(b, "\"%s\"", written);
  } else if (p->form == PARAMETER_NUMBER) {
    lua_number(b, e->number);
  } else {
    buffer_text(b, "{ ");
    for (size_t i = 0; i < e->words_count; i++) {
      buffer_text(b, "[");
      lua_text(b, e->words[i].word);
      buffer_text(b, "] = ");
      lua_number(b, e->words[i].value);
      buffer_text(b, ", ");
    }
    buffer_text(b, "}");
  }
  buffer_text(b, ", ");
  lua_key(b, "source", e->source);
  lua_said(b, "assumed", e->assumed);
  buffer_text(b, "},\n");
}

static void lua_parameter(buffer *b, const tried *t) {
  buffer_text(b, "  [");
  lua_text(b, t->of->id);
  buffer_text(b, "] = { ");
  lua_said(b, "title", t->of->title);
  lua_key(b, "unit", t->of->unit);
  lua_key(b, "by", t->of->by);
  buffer_text(b, "\n");
  for (size_t i = 0; i < t->count; i++) lua_entry(b, t->of, &t->entries[i]);
  buffer_text(b, "  },\n");
}

pack *pack_set(arena *a, const pack *of, const char *const *given, size_t count, faults *problems) {
  tried *all = arena_array(a, count + 1, sizeof *all);
  wanted *list = arena_array(a, count + 1, sizeof *list);
  size_t all_count = 0, read_count = 0;
  for (size_t i = 0; i < count; i++) {
    wanted *w = &list[read_count];
    if (!read_wanted(a, given[i], w, problems)) continue;
    const parameter *p = parameters_find(&of->parameters, w->id);
    bool good = p ? check_wanted(a, p, w, problems) : no_parameter(a, of, w->id, problems);
    if (good && check_once(list, read_count, w, problems)) read_count++;
  }
  if (read_count < count) return NULL;
  for (int dated = 0; dated < 2; dated++) /* first what is of all days, whatever was given first */
    for (size_t i = 0; i < count; i++) {
      if ((list[i].from != DAY_NONE) != dated) continue;
      const parameter *p = parameters_find(&of->parameters, list[i].id);
      tried *t = tried_of(a, all, &all_count, p);
      if (dated) set_from(a, t, &list[i]);
      for (size_t k = 0; k < t->count && !dated; k++) set_entry(a, p, &t->entries[k], &list[i]);
    }
  buffer text = {0};
  buffer_text(&text, "return parameters {\n");
  for (size_t i = 0; i < all_count; i++) lua_parameter(&text, &all[i]);
  buffer_text(&text, "}\n");
  pack_text *changed = arena_take(a, sizeof *changed);
  *changed = of->text;
  changed->files = json_kept(a, json_copy(of->text.files));
  /* "~" comes behind all that names of files begin with, so that this declaration is the last of the parameters */
  json_object_set_new(changed->files, arena_format(a, "%s/parameters~set.lua", of->id), json_string(text.at));
  buffer_free(&text);
  json_t *image = json_kept(a, image_make(a, changed, problems));
  return image ? pack_compile(a, changed, image, problems) : NULL;
}
