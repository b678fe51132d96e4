#include "task/cells.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

place cell_place(const row_reading *r, const char *column) {
  return (place){.file = r->file, .sheet = r->sheet->name, .row = r->row->row, .column = column};
}

bool cell_fault(const row_reading *r, place where, said words) {
  return fault_add(r->problems, where, "%s%.0s", "%.0s%s", words.in[LANGUAGE_EN], words.in[LANGUAGE_ZH]);
}

const char *cell_text(const row_reading *r, const source *from, const char **column) {
  const char *read_from;
  const char *text = sheet_text(r->memory, r->sheet, r->row, from, r->turn, &read_from);
  if (column != NULL) *column = read_from;
  return text;
}

static const char *mapped(const row_reading *r, const char *member, const char *text) {
  const adapter *of = r->sheet->adapter;
  for (size_t i = 0; i < of->values_count; i++) {
    if (strcmp(of->values[i].member, member) != 0) continue;
    const char *key = text_key(r->memory, text);
    for (size_t k = 0; k < of->values[i].count; k++)
      if (strcmp(of->values[i].pairs[k].key, key) == 0) return of->values[i].pairs[k].word;
  }
  return NULL;
}

/* ---- what was found before ---- */

/* Where what a text means is kept, and whether it is there; NULL for a text that is too long to be a word. */
static cell_memo *memo_of(const row_reading *r, const source *from, const void *kind, const char *text, bool *there) {
  size_t length = strlen(text), hash = (size_t)((uintptr_t)from >> 4) ^ (size_t)((uintptr_t)kind >> 4) * 31;
  if (length >= sizeof r->sheet->memos->text) return NULL;
  for (size_t i = 0; i < length; i++) hash = hash * 31 + (unsigned char)text[i];
  cell_memo *memo = &r->sheet->memos[(hash ^ hash >> 16) % SHEET_MEMOS];
  *there = memo->from == from && memo->kind == kind && strcmp(memo->text, text) == 0;
  return memo;
}

static void memo_keep(cell_memo *memo, const source *from, const void *kind, const char *text, const void *means) {
  if (memo == NULL) return;
  *memo = (cell_memo){.from = from, .kind = kind, .means = means};
  memcpy(memo->text, text, strlen(text));
}

/* ---- dates ---- */

static bool is_serial(const char *text) {
  return strlen(text) == 5 && strspn(text, "0123456789") == 5;
}

static bool bad_date(const row_reading *r, const char *column, const char *text) {
  place where = cell_place(r, column);
  fault_add(r->problems, where, "\"%s\" is no date", "“%s”不是日期", text);
  if (is_serial(text))
    return fault_next(r->problems,
                      "it looks like a spreadsheet's number for a day: format the column as a date and save again",
                      "它像是表格软件里日期的序号：请把该列设为日期格式后重新保存");
  return fault_next(r->problems, "expected is a date such as 2025-08-15, 2025年8月15日, 2025.8 or 2025",
                    "应为日期，例如 2025-08-15、2025年8月15日、2025.8 或 2025");
}

bool cell_date(const row_reading *r, const source *from, date *out) {
  *out = DATE_NONE;
  if (from->form == SOURCE_NONE) return true;
  const char *column, *text = cell_text(r, from, &column);
  if (text == NULL) return true;
  return date_read(text, out) ? true : bad_date(r, column, text);
}

/* What is of a single day has one, unless the adapter says that the column may be missing. */
static bool day_missing(const row_reading *r, const adapter_part *part, date since) {
  const source *from = &part->since;
  if (!part->single_day || since != DATE_NONE || from->form != SOURCE_COLUMN) return false;
  if (!r->sheet->adapter->columns.items[from->column].required) return false;
  const char *column;
  (void)cell_text(r, from, &column);
  fault_add(r->problems, cell_place(r, column), "the date is empty", "日期为空");
  fault_next(r->problems, "fill in the cell", "请填写该单元格");
  return true;
}

bool cell_dates(const row_reading *r, const adapter_part *part, date *since, date *until) {
  bool good = cell_date(r, &part->since, since);
  good = cell_date(r, &part->until, until) && good;
  if (part->single_day) *until = *since;
  if (good && day_missing(r, part, *since)) return false;
  if (!good || *since == DATE_NONE || *until == DATE_NONE || date_last(*until) >= date_first(*since)) return good;
  const char *column;
  const char *text = cell_text(r, &part->until, &column);
  fault_add(r->problems, cell_place(r, column), "the last day \"%s\" is before the first day \"%s\"",
            "结束日期“%s”早于开始日期“%s”", text, cell_text(r, &part->since, NULL));
  return fault_next(r->problems, "correct one of the two", "请改正其中之一");
}

/* ---- amounts ---- */

/* "0:30:00", "1:05", "1小时30分", "45分钟", "90": seconds; -1 if it is none of these. */
static int64_t read_duration(arena *a, const char *text) {
  const char *at = text_plain(a, text);
  int64_t parts[3] = {0, 0, 0};
  int count = 0;
  if (strchr(at, ':') != NULL) {
    for (;;) {
      char *end;
      if (count == 3 || *at < '0' || *at > '9') return -1;
      parts[count++] = strtoll(at, &end, 10);
      at = end;
      if (*at == '\0') break;
      if (*at++ != ':') return -1;
    }
    bool good = count >= 2 && parts[0] < 100000 && parts[1] < 60 && parts[2] < 60;
    return good ? parts[0] * 3600 + parts[1] * 60 + parts[2] : -1;
  }
  static const struct {
    const char *word;
    int64_t seconds;
  } units[] = {{"小时", 3600}, {"时", 3600}, {"分钟", 60},    {"分", 60},  {"秒钟", 1}, {"秒", 1},      {"hours", 3600},
               {"hour", 3600}, {"h", 3600},  {"minutes", 60}, {"min", 60}, {"m", 60},   {"seconds", 1}, {"s", 1}};
  int64_t seconds = 0;
  for (int steps = 0; *at != '\0'; steps++) {
    char *end;
    while (*at == ' ') at++;
    if (steps == 3 || *at < '0' || *at > '9') return -1;
    int64_t number = strtoll(at, &end, 10);
    if (number > 100000) return -1;
    while (*end == ' ') end++;
    if (*end == '\0') return steps == 0 ? number * 60 : -1;
    size_t unit = 0;
    while (unit < sizeof units / sizeof *units && strncmp(end, units[unit].word, strlen(units[unit].word)) != 0) unit++;
    if (unit == sizeof units / sizeof *units) return -1;
    seconds += number * units[unit].seconds;
    at = end + strlen(units[unit].word);
    while (*at == ' ') at++;
  }
  return seconds;
}

static bool cell_duration(const row_reading *r, const char *column, const char *text, int decimals, amount *out) {
  int64_t seconds = read_duration(r->memory, text);
  if (seconds < 0) {
    fault_add(r->problems, cell_place(r, column), "\"%s\" is no length of time", "“%s”不是时长", text);
    return fault_next(r->problems, "expected is a length such as 0:30:00, 45分钟 or 1小时30分",
                      "应为时长，例如 0:30:00、45分钟 或 1小时30分");
  }
  int64_t step = AMOUNT_ONE;
  for (int i = 0; i < decimals; i++) step /= 10;
  int64_t millionths = seconds * AMOUNT_ONE / 60;
  *out = (amount){.millionths = millionths / step * step, .bound = BOUND_EXACT};
  return true;
}

static bool bad_whole(const row_reading *r, const char *column, const char *text) {
  fault_add(r->problems, cell_place(r, column), "\"%s\" is no whole number", "“%s”不是整数", text);
  return fault_next(r->problems, "expected is a number such as 3", "应为数字，例如 3");
}

static bool bad_amount(const row_reading *r, const char *column, const char *text, int decimals, const char *unit,
                       amount_problem problem) {
  place where = cell_place(r, column);
  const char *of_en = unit == NULL ? "" : arena_format(r->memory, " of %s", unit);
  if (problem == AMOUNT_TOO_PRECISE) {
    fault_add(r->problems, where, "\"%s\" has more decimals than the %d declared%s", "“%s”的小数位数多于声明的 %d 位%s",
              text, decimals, "");
    return fault_next(r->problems, "correct the number, or let the pack declare more decimals",
                      "请改正数值，或在规则包中声明更多小数位");
  }
  if (problem == AMOUNT_TOO_LARGE) {
    fault_add(r->problems, where, "\"%s\" is too large a number", "“%s”数值过大", text);
    return fault_next(r->problems, "correct the number", "请改正数值");
  }
  fault_add(r->problems, where, "\"%s\" is no amount%s%.0s", "“%s”不是数量%.0s%s", text, of_en,
            unit == NULL ? "" : arena_format(r->memory, "（单位：%s）", unit));
  return fault_next(r->problems, "expected is a number such as 12, 12.5, 200余 or 近70",
                    "应为数值，例如 12、12.5、200余 或 近70");
}

bool cell_amount(const row_reading *r, const source *from, int decimals, const char *unit, amount *out) {
  const char *column;
  *out = (amount){.bound = BOUND_NONE};
  for (; from != NULL; from = from->otherwise) { /* each alternative is read as it says itself */
    const char *text = sheet_text_alone(r->memory, r->sheet, r->row, from, r->turn, &column);
    if (text == NULL) continue;
    if (from->reading == READ_DURATION) return cell_duration(r, column, text, decimals, out);
    const char *written = from->unit != NULL ? from->unit : unit;
    bool there = false; /* the unit stands for the kind: the same text has the same amount in it */
    cell_memo *memo = memo_of(r, from, written, text, &there);
    if (there && memo->decimals == decimals) {
      *out = memo->amount;
      return true;
    }
    amount_problem problem = amount_read(text, decimals, written, out);
    if (problem == AMOUNT_GOOD && memo != NULL) {
      memo_keep(memo, from, written, text, NULL);
      memo->amount = *out;
      memo->decimals = decimals;
    }
    if (problem == AMOUNT_NOT_A_NUMBER && from->reading == READ_WHOLE) return bad_whole(r, column, text);
    return problem == AMOUNT_GOOD ? true : bad_amount(r, column, text, decimals, written, problem);
  }
  return true;
}

/* ---- words ---- */

static char *listed(arena *a, const char *const *words, size_t count, const char *between) {
  char *list = arena_text(a, "");
  for (size_t i = 0; i < count && i < 12; i++) list = arena_format(a, "%s%s%s", list, i == 0 ? "" : between, words[i]);
  return count > 12 ? arena_format(a, "%s …", list) : list;
}

/* Words as their scale titles them: a file may say either, and people know the title. */
static const char **titled(arena *a, const declared_scale *scale, const char *const *words, size_t count, language in) {
  const char **out = arena_array(a, count + 1, sizeof *out);
  for (size_t i = 0; i < count; i++) {
    int at = scale == NULL ? -1 : scale_position(scale, words[i]);
    const char *title = at < 0 ? NULL : scale->words[at].title.in[in];
    out[i] = title == NULL ? words[i] : title;
  }
  return out;
}

static size_t near_word(const char *text, const char *const *words, size_t count) {
  const char *near = text_nearest(text, words, count);
  size_t at = 0;
  while (at < count && words[at] != near) at++;
  return near == NULL ? count : at;
}

/* scale: what titles the words; NULL where nothing does. */
static bool bad_word(const row_reading *r, const char *column, const char *text, said member,
                     const declared_scale *scale, const char *const *words, size_t count) {
  arena *a = r->memory;
  const char **in_zh = titled(a, scale, words, count, LANGUAGE_ZH),
             **in_en = titled(a, scale, words, count, LANGUAGE_EN);
  size_t near = near_word(text, words, count);
  if (near == count && text_points(text) > 2) { /* 省级 is not meant to be 校级 */
    near = near_word(text, in_zh, count);
    if (near == count) near = near_word(text, in_en, count);
  }
  char *en = arena_format(a, "\"%s\" is no word for %s", text, member.in[LANGUAGE_EN]);
  char *zh = arena_format(a, "“%s”不是%s可用的词", text, member.in[LANGUAGE_ZH]);
  if (near < count) {
    en = arena_format(a, "%s; nearest is \"%s\"", en, in_en[near]);
    zh = arena_format(a, "%s，最接近的是“%s”", zh, in_zh[near]);
  }
  cell_fault(r, cell_place(r, column), (said){{zh, en}});
  en = listed(a, in_en, count, ", ");
  zh = listed(a, in_zh, count, "、");
  return fault_next(r->problems,
                    "expected is one of: %s%.0s; other ways to write them are declared in the adapter's values",
                    "应为下列之一：%.0s%s；其他写法可在适配器的 values 中声明", en, zh);
}

static said member_said(kind_word which) {
  static const said words[KIND_WORDS] = {{{"“级别”", "a level"}}, {{"“方式”", "a mode"}}, {{"“状态”", "a status"}}};
  return words[which];
}

bool cell_word(const row_reading *r, const source *from, const declared_kind *kind, kind_word which, const char **out) {
  static const char *const members[KIND_WORDS] = {"level", "mode", "status"};
  *out = NULL;
  if (from->form == SOURCE_NONE) return true;
  const char *column, *text = cell_text(r, from, &column);
  if (text == NULL) return true;
  bool there = false;
  cell_memo *memo = memo_of(r, from, kind, text, &there);
  if (there) {
    *out = memo->means == NULL ? text : memo->means;
    return true;
  }
  const char *word = from->form == SOURCE_CONSTANT ? NULL : mapped(r, members[which], text);
  const char *means = word;
  if (word == NULL) word = text;
  const char **words = NULL;
  size_t count = kind == NULL ? 0 : kind_words(r->memory, r->kinds, kind, which, &words);
  *out = word;
  bool allowed = count == 0;
  for (size_t i = 0; i < count && !allowed; i++) {
    allowed = strcmp(words[i], word) == 0;
    if (allowed) *out = means = words[i];
  }
  if (allowed) {
    memo_keep(memo, from, kind, text, means);
    return true;
  }
  const declared_scale *scale = kinds_scale(r->kinds, members[which]);
  const char *meant = scale == NULL ? NULL : scale_meant(r->memory, scale, word);
  for (size_t i = 0; meant != NULL && i < count; i++)
    if (strcmp(words[i], meant) == 0) {
      *out = meant;
      memo_keep(memo, from, kind, text, meant);
      return true;
    }
  return bad_word(r, column, text, member_said(which), scale, words, count);
}

bool cell_kind(const row_reading *r, const adapter_part *part, const declared_kind **out) {
  *out = part->kind;
  if (part->kind != NULL || part->texts[TEXT_KIND].form == SOURCE_NONE) return true;
  const char *column, *text = cell_text(r, &part->texts[TEXT_KIND], &column);
  if (text == NULL) {
    fault_add(r->problems, cell_place(r, column), "the kind is empty", "类别为空");
    return fault_next(r->problems, "fill in the cell", "请填写该单元格");
  }
  bool there = false;
  cell_memo *memo = memo_of(r, &part->texts[TEXT_KIND], NULL, text, &there);
  if (there) {
    *out = memo->means;
    return true;
  }
  const char *word = mapped(r, "kind", text);
  const declared_kind *kind = kinds_named(r->kinds, word == NULL ? text : word);
  if (kind != NULL && kind->type == part->type) {
    *out = kind;
    memo_keep(memo, &part->texts[TEXT_KIND], NULL, text, kind);
    return true;
  }
  const char *key = text_key(r->memory, text);
  for (size_t i = 0; i < r->kinds->count; i++) {
    const declared_kind *one = &r->kinds->items[i];
    if (one->type != part->type || strcmp(text_key(r->memory, one->title.in[LANGUAGE_ZH]), key) != 0) continue;
    *out = one;
    memo_keep(memo, &part->texts[TEXT_KIND], NULL, text, one);
    return true;
  }
  const char **names;
  size_t count = kinds_names(r->memory, r->kinds, part->type, &names);
  return bad_word(r, column, text, (said){{"“类别”", "a kind"}}, NULL, names, count);
}

/* ---- attributes ---- */

static json_t *amount_json(arena *a, amount value) {
  static const char *const bounds[] = {
      [BOUND_AT_LEAST] = "at_least", [BOUND_AT_MOST] = "at_most", [BOUND_UNKNOWN] = "unknown"};
  fraction number;
  json_t *object = json_object();
  if (value.bound != BOUND_UNKNOWN && fraction_make(value.millionths, AMOUNT_ONE, &number))
    json_object_set_new(object, "amount", json_string(fraction_text(a, number)));
  if (value.bound != BOUND_EXACT) json_object_set_new(object, "bound", json_string(bounds[value.bound]));
  if (value.bound == BOUND_UNKNOWN) json_object_set_new(object, "amount", json_string("0"));
  return object;
}

static bool truth_json(const row_reading *r, const source *from, const char *member, json_t **out) {
  static const char *const yes[] = {"true", "yes", "y", "1", "是", "有", "√", "✓", "对"};
  static const char *const no[] = {"false", "no", "n", "0", "否", "无", "×", "✗", "错"};
  const char *column, *text = cell_text(r, from, &column);
  if (text == NULL) return true;
  const char *word = mapped(r, member, text), *key = text_key(r->memory, word == NULL ? text : word);
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
    if (strcmp(key, text_key(r->memory, yes[i])) == 0) *out = json_true();
    if (strcmp(key, text_key(r->memory, no[i])) == 0) *out = json_false();
  }
  if (*out != NULL) return true;
  fault_add(r->problems, cell_place(r, column), "\"%s\" is neither yes nor no", "“%s”既不是“是”也不是“否”", text);
  return fault_next(r->problems, "expected is 是, 否, yes, no, 1, 0, √ or ×", "应为 是、否、yes、no、1、0、√ 或 ×");
}

static said attribute_said(arena *a, const declared_attribute *known) {
  return (said){
      {arena_format(a, "“%s”", known->title.in[LANGUAGE_ZH]), arena_format(a, "\"%s\"", known->title.in[LANGUAGE_EN])}};
}

/* The scale whose words an attribute takes, in any of the ways in which they are written: the one of its own name; for
 * what a dated fact says ("value"), the one that is named like its kind, such as a ladder. NULL: any text. */
static const declared_scale *scale_of(const row_reading *r, const declared_kind *kind, const char *attribute) {
  if (kind != NULL && strcmp(attribute, "value") == 0) return kinds_scale(r->kinds, kind->name);
  return kinds_scale(r->kinds, attribute);
}

static bool text_means(const row_reading *r, const declared_attribute *known, const declared_scale *scale,
                       const char **word) {
  for (size_t k = 0; k < known->words_count; k++)
    if (strcmp(known->words[k], *word) == 0) return true;
  const char *meant = scale == NULL ? NULL : scale_meant(r->memory, scale, *word);
  if (meant == NULL) return known->words_count == 0 && scale == NULL;
  *word = meant;
  for (size_t k = 0; k < known->words_count; k++)
    if (strcmp(known->words[k], meant) == 0) return true;
  return known->words_count == 0;
}

static bool bad_text(const row_reading *r, const char *column, const char *text, const declared_attribute *known,
                     const declared_scale *scale) {
  if (known->words_count > 0 || scale == NULL)
    return bad_word(r, column, text, attribute_said(r->memory, known), scale, known->words, known->words_count);
  const char **words = arena_array(r->memory, scale->count, sizeof *words);
  for (size_t i = 0; i < scale->count; i++) words[i] = scale->words[i].word;
  return bad_word(r, column, text, attribute_said(r->memory, known), scale, words, scale->count);
}

static bool text_json(const row_reading *r, const attribute_source *item, const declared_kind *kind,
                      const declared_attribute *known, json_t **out) {
  const declared_scale *scale = scale_of(r, kind, item->name);
  const char *column, *single = cell_text(r, &item->from, &column);
  const char **texts = &single;
  size_t count = single == NULL ? 0 : 1;
  if (item->from.split) count = sheet_texts(r->memory, r->sheet, r->row, &item->from, &texts);
  json_t *list = json_array();
  bool good = true;
  for (size_t i = 0; good && i < count; i++) {
    const char *word = item->from.form == SOURCE_CONSTANT ? NULL : mapped(r, item->name, texts[i]);
    if (word == NULL) word = texts[i];
    if (!text_means(r, known, scale, &word)) good = bad_text(r, column, texts[i], known, scale);
    json_array_append_new(list, json_string(word));
  }
  if (json_array_size(list) == 1)
    *out = json_incref(json_array_get(list, 0));
  else if (json_array_size(list) > 1)
    *out = json_incref(list);
  json_decref(list);
  return good;
}

static bool attribute_json(const row_reading *r, const attribute_source *item, const declared_kind *kind,
                           const declared_attribute *known, json_t **out) {
  *out = NULL;
  if (known->form == FORM_TEXT) return text_json(r, item, kind, known, out);
  if (known->form == FORM_TRUTH) return truth_json(r, &item->from, item->name, out);
  if (known->form == FORM_DATE) {
    date on;
    char text[11];
    if (!cell_date(r, &item->from, &on)) return false;
    if (on == DATE_NONE) return true;
    date_write(on, text);
    *out = json_object();
    json_object_set_new(*out, "date", json_string(text));
    return true;
  }
  amount value;
  if (!cell_amount(r, &item->from, known->decimals, known->unit, &value)) return false;
  if (value.bound != BOUND_NONE) *out = amount_json(r->memory, value);
  return true;
}

static void add_aliases(const row_reading *r, const adapter_part *part, json_t *object) {
  const char **texts;
  size_t count =
      part->aliases.form == SOURCE_NONE ? 0 : sheet_texts(r->memory, r->sheet, r->row, &part->aliases, &texts);
  if (count == 0) return;
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) json_array_append_new(list, json_string(texts[i]));
  json_object_set_new(object, "aliases", list);
}

bool cell_attributes(const row_reading *r, const adapter_part *part, const declared_kind *kind, const char **out) {
  *out = NULL;
  if (part->attributes_count == 0 && part->aliases.form == SOURCE_NONE) return true;
  json_t *object = json_object();
  bool good = true;
  for (size_t i = 0; i < part->attributes_count; i++) {
    const attribute_source *item = &part->attributes[i];
    const declared_attribute *known = kind == NULL ? item->attribute : kind_attribute(kind, item->name);
    if (known == NULL) continue; /* the row's kind does not have it */
    json_t *value = NULL;
    good = attribute_json(r, item, kind == NULL ? part->kind : kind, known, &value) && good;
    if (value != NULL) json_object_set_new(object, item->name, value);
  }
  add_aliases(r, part, object);
  *out = json_object_size(object) == 0 ? NULL : json_canonical(r->memory, object);
  json_decref(object);
  return good;
}

/* ---- splits ---- */

static bool count_split(const row_reading *r, const source *from, size_t *turns) {
  if (!from->split) return true;
  const char **texts;
  size_t count = sheet_texts(r->memory, r->sheet, r->row, from, &texts);
  if (count < 2 || count == *turns) return true;
  if (*turns == 1) {
    *turns = count;
    return true;
  }
  const char *column;
  (void)cell_text(r, from, &column);
  fault_add(r->problems, cell_place(r, column), "this cell splits into %zu values, another one of the row into %zu",
            "该单元格拆成 %zu 个值，而同一行的另一个单元格拆成 %zu 个", count, *turns);
  return fault_next(r->problems, "make them as many, or write one row for each", "请使个数一致，或分行填写");
}

size_t cell_turns(const row_reading *r, const adapter *of, bool *good) {
  size_t turns = 1;
  *good = true;
  if (!r->sheet->splits) return turns;
  for (size_t i = 0; i < of->parts_count; i++) {
    const adapter_part *part = &of->parts[i];
    for (int text = 0; text < PART_TEXTS; text++) *good = count_split(r, &part->texts[text], &turns) && *good;
    *good = count_split(r, &part->id, &turns) && *good;
  }
  return turns;
}
