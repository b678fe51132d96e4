#include "pack/source.h"

#include <string.h>

/* What a reader of one value is doing: the columns it collects, and whether they may be missing. */
typedef struct taking {
  sheaf *columns;
  bool optional;
} taking;

static size_t sheaf_add(arena *a, sheaf *columns, const char **names, size_t count, bool required, place where) {
  const char **keys = arena_array(a, count, sizeof *keys);
  for (size_t i = 0; i < count; i++) keys[i] = text_key(a, names[i]);
  for (size_t c = 0; c < columns->count; c++) {
    named_column *known = &columns->items[c];
    bool same = known->count == count;
    for (size_t i = 0; same && i < count; i++) same = strcmp(known->keys[i], keys[i]) == 0;
    if (!same) continue;
    known->required = known->required || required;
    return c;
  }
  *ARENA_PUSH(a, columns->items, columns->count, columns->capacity) =
      (named_column){.names = names, .keys = keys, .count = count, .required = required, .where = where};
  return columns->count - 1;
}

bool source_is(const spot *of) {
  if (!spot_there(of)) return false;
  if (json_is_string(of->value) || json_is_integer(of->value) || json_is_boolean(of->value)) return true;
  return spot_tag(of) != NULL;
}

static bool take(const spot *of, source_reading wanted, taking with, source *out);

static bool take_column(const spot *names_spot, taking with, source *out) {
  const char **names;
  size_t count = spot_texts(names_spot, &names);
  if (count == 0) {
    if (!spot_there(names_spot) || json_is_array(names_spot->value))
      spot_fault(names_spot, "the name of a column is missing: it is written as column \"姓名\"",
                 "缺少列名，应写作 column \"姓名\"");
    return false;
  }
  out->form = SOURCE_COLUMN;
  out->column = sheaf_add(names_spot->to->memory, with.columns, names, count, !with.optional, spot_place(names_spot));
  return true;
}

static bool take_above(const spot *of, source *out) {
  spot arguments = spot_member(of, "args");
  spot first = spot_item(&arguments, 0);
  const char *label = spot_text(&first, NULL);
  if (label == NULL)
    return spot_there(&first) ? false
                              : spot_fault(of, "the label is missing: it is written as above \"会议号\"",
                                           "缺少标签，应写作 above \"会议号\"");
  out->form = SOURCE_ABOVE;
  out->label = label;
  out->constant = text_key(of->to->memory, label);
  return true;
}

/* Sources that change how the text is read: day, amount, duration. Their first argument is a column's name or a source.
 */
static bool take_reading(const spot *of, source_reading reading, taking with, source *out) {
  spot arguments = spot_member(of, "args");
  spot first = spot_item(&arguments, 0);
  bool good = spot_tag(&first) != NULL ? take(&first, reading, with, out) : take_column(&first, with, out);
  out->reading = reading;
  if (reading == READ_AMOUNT && spot_count(&arguments) > 1) {
    spot unit = spot_item(&arguments, 1);
    out->unit = spot_text(&unit, NULL);
  }
  return good;
}

static bool take_cut(const spot *of, cut_form form, source_reading wanted, taking with, source *out) {
  spot inner = spot_member(of, "of"), arguments = spot_member(of, "args");
  if (!take(&inner, wanted, with, out)) return false;
  spot first = spot_item(&arguments, 0);
  cut one = {.form = form};
  one.count = spot_texts(&first, &one.texts);
  if (one.count == 0)
    return spot_fault(of, "\"%s\" needs the text at which to cut, as in column \"姓名\":%s \"(\"",
                      "“%s”需要给出切分处的文字，例如 column \"姓名\":%s \"(\"", spot_tag(of), spot_tag(of));
  for (size_t i = 0; i < one.count; i++)
    if (one.texts[i][0] == '\0') return spot_fault(of, "a text at which to cut is empty", "切分处的文字为空");
  arena *a = of->to->memory;
  cut *cuts = arena_array(a, out->cuts_count + 1, sizeof *cuts);
  if (out->cuts_count > 0) memcpy(cuts, out->cuts, out->cuts_count * sizeof *cuts);
  cuts[out->cuts_count++] = one;
  out->cuts = cuts;
  if (form == CUT_SPLIT && out->split) return spot_fault(of, "a source can be split only once", "一个来源只能拆分一次");
  out->split = out->split || form == CUT_SPLIT;
  return true;
}

static bool take_or_else(const spot *of, source_reading wanted, taking with, source *out) {
  spot inner = spot_member(of, "of"), arguments = spot_member(of, "args");
  spot other = spot_item(&arguments, 0);
  source *otherwise = arena_take(of->to->memory, sizeof *otherwise);
  bool good = take(&inner, wanted, with, out);
  if (!spot_there(&other)) return spot_fault(of, "\"or_else\" needs another source", "“or_else”需要另一个来源");
  good = take(&other, wanted, with, otherwise) && good;
  if (out->split || otherwise->split)
    good = spot_fault(of, "a source that is split cannot have another one", "已拆分的来源不能再有替代来源");
  source *last = out;
  while (last->otherwise != NULL) last = (source *)(uintptr_t)last->otherwise;
  last->otherwise = otherwise;
  return good;
}

static bool check_constant(const spot *of, source_reading wanted, const char *text) {
  date read_date;
  amount read_amount;
  if (wanted == READ_DAY && !date_read(text, &read_date))
    return spot_fault(of, "\"%s\" is no date; it is written as \"2025-03-01\", and a column as day \"日期\"",
                      "“%s”不是日期，应写作 \"2025-03-01\"，列应写作 day \"日期\"", text);
  if ((wanted == READ_AMOUNT || wanted == READ_WHOLE) &&
      amount_read(text, wanted == READ_WHOLE ? 0 : 6, NULL, &read_amount) != AMOUNT_GOOD)
    return spot_fault(of, "\"%s\" is no number; a column is written as amount \"学时\"",
                      "“%s”不是数字，列应写作 amount \"学时\"", text);
  return true;
}

static bool take_constant(const spot *of, source_reading wanted, source *out) {
  arena *a = of->to->memory;
  out->form = SOURCE_CONSTANT;
  if (json_is_string(of->value)) out->constant = spot_text(of, "");
  if (json_is_boolean(of->value)) out->constant = json_is_true(of->value) ? "true" : "false";
  fraction number;
  if (out->constant == NULL) {
    if (!spot_fraction(of, &number)) return false;
    out->constant = fraction_text(a, number);
  }
  return check_constant(of, wanted, out->constant);
}

static bool take(const spot *of, source_reading wanted, taking with, source *out) {
  out->reading = wanted;
  out->where = spot_place(of);
  const char *tag = spot_tag(of);
  if (tag == NULL) {
    if (source_is(of)) return take_constant(of, wanted, out);
    return spot_fault(of, "a source is expected here: a text, column \"…\", day \"…\", amount \"…\" or duration \"…\"",
                      "此处应为来源：文本、column \"…\"、day \"…\"、amount \"…\" 或 duration \"…\"");
  }
  spot arguments = spot_member(of, "args");
  spot first = spot_item(&arguments, 0);
  if (strcmp(tag, "decimal") == 0) return take_constant(of, wanted, out);
  if (strcmp(tag, "column") == 0) return take_column(&first, with, out);
  if (strcmp(tag, "above") == 0) return take_above(of, out);
  if (strcmp(tag, "optional") == 0) {
    with.optional = true;
    return spot_tag(&first) != NULL ? take(&first, wanted, with, out) : take_column(&first, with, out);
  }
  if (strcmp(tag, "day") == 0) return take_reading(of, READ_DAY, with, out);
  if (strcmp(tag, "amount") == 0) return take_reading(of, READ_AMOUNT, with, out);
  if (strcmp(tag, "duration") == 0) return take_reading(of, READ_DURATION, with, out);
  if (strcmp(tag, "before") == 0) return take_cut(of, CUT_BEFORE, wanted, with, out);
  if (strcmp(tag, "after") == 0) return take_cut(of, CUT_AFTER, wanted, with, out);
  if (strcmp(tag, "split") == 0) return take_cut(of, CUT_SPLIT, wanted, with, out);
  if (strcmp(tag, "or_else") == 0) return take_or_else(of, wanted, with, out);
  static const char *const known[] = {"column",   "above",  "optional", "day",   "amount",
                                      "duration", "before", "after",    "split", "or_else"};
  const char *near = text_nearest(tag, known, sizeof known / sizeof *known);
  return spot_fault(of, "\"%s\" is no source; nearest is \"%s\"", "“%s”不是来源，最接近的是“%s”", tag,
                    near == NULL ? "column" : near);
}

void source_column(const spot *at, const char *name, sheaf *columns, source *out) {
  arena *a = at->to->memory;
  const char **names = arena_array(a, 1, sizeof *names);
  names[0] = arena_text(a, name);
  place where = spot_place(at);
  *out = (source){.form = SOURCE_COLUMN, .reading = READ_TEXT, .where = where};
  out->column = sheaf_add(a, columns, names, 1, true, where);
}

static bool fits(source_reading wanted, source_reading reading) {
  if (wanted == reading) return true;
  if (wanted == READ_AMOUNT || wanted == READ_WHOLE) return reading == READ_DURATION || reading == READ_AMOUNT;
  return false;
}

static bool misfit(const spot *of, source_reading wanted, source_reading given) {
  static const said words[] = {{{"文本", "text"}},     {{"日期", "date"}},  {{"数量", "amount"}},
                               {{"时长", "duration"}}, {{"是否", "truth"}}, {{"整数", "whole number"}}};
  arena *a = of->to->memory;
  const char *key = of->key == NULL ? "value" : of->key;
  char *en = arena_format(a, "\"%s\" takes a %s, but this source gives a %s", key, words[wanted].in[LANGUAGE_EN],
                          words[given].in[LANGUAGE_EN]);
  char *zh = arena_format(a, "“%s”要的是%s，而这个来源给的是%s", key, words[wanted].in[LANGUAGE_ZH],
                          words[given].in[LANGUAGE_ZH]);
  return spot_fault(of, "%.0s%s", "%s%.0s", zh, en);
}

bool source_read(const spot *of, source_reading wanted, sheaf *columns, source *out) {
  *out = (source){.form = SOURCE_NONE, .reading = wanted};
  if (!spot_there(of)) return true;
  taking with = {.columns = columns};
  if (!take(of, wanted, with, out)) return false;
  for (const source *s = out; s != NULL; s = s->otherwise)
    if (s->form != SOURCE_CONSTANT && !fits(wanted, s->reading)) return misfit(of, wanted, s->reading);
  return true;
}
