#include "task/match_words.h"

#include <string.h>

static const char *pick(language in, const char *zh, const char *en) {
  return in == LANGUAGE_ZH ? zh : en;
}

const char *words_of_word(const pack *p, const char *scale_name, const char *word, language in) {
  const declared_scale *scale = scale_name ? kinds_scale(&p->kinds, scale_name) : NULL;
  int at = scale ? scale_position(scale, word) : -1;
  if (at >= 0) return scale->words[at].title.in[in];
  const declared_kind *kind = text_same(scale_name, "kind") ? kinds_named(&p->kinds, word) : NULL;
  return kind ? kind->title.in[in] : word;
}

/* at_least "county" is kept as all words from there on: said as it was written. */
static bool upper_part(const declared_scale *scale, const pack *p, const condition *c, const char **first) {
  if (!scale || scale->count < 3 || c->words_count < 2 || c->words_count >= scale->count) return false;
  size_t below = scale->count - c->words_count;
  for (size_t i = below; i < scale->count; i++) {
    bool in = false;
    for (size_t w = 0; w < c->words_count && !in; w++) in = !strcmp(p->book.items[c->words[w]], scale->words[i].word);
    if (!in) return false;
  }
  *first = scale->words[below].word;
  return true;
}

static char *limit_words(arena *a, const pack *p, const limit *l, const char *unit, day on, language in) {
  char written[11];
  day next;
  fraction number = l->number;
  day d = l->day;
  if (l->parameter) {
    const parameter_entry *e = parameter_on(l->parameter, on, &next);
    if (!e) return arena_text(a, l->parameter->title.in[in]);
    number = e->number, d = l->parameter->form == PARAMETER_DAY ? e->day : DAY_NONE;
    unit = l->parameter->unit;
  }
  if (d != DAY_NONE) {
    day_write(d, written);
    return arena_text(a, written);
  }
  const char *shown = pack_unit_of(p, unit, number, in);
  return shown && *shown ? arena_format(a, "%s %s", fraction_text(a, number), shown)
                         : arena_text(a, fraction_text(a, number));
}

static const char *compare_words(comparison compare, language in) {
  static const said words[] = {{{"不少于", "at least"}},
                               {{"超过", "more than"}},
                               {{"不超过", "at most"}},
                               {{"少于", "less than"}},
                               {{"等于", "equal to"}}};
  return words[compare].in[in];
}

/* Of "fact.stage.value" the words are those of the ladder "stage". */
static const char *scale_of(arena *a, const char *text) {
  size_t length = strlen(text);
  if (length <= 11 || strncmp(text, "fact.", 5) != 0 || strcmp(text + length - 6, ".value") != 0) return text;
  return arena_text_of(a, text + 5, length - 11);
}

static void word_list(arena *a, buffer *out, const pack *p, const condition *c, language in) {
  const char *first, *name = scale_of(a, c->what.text);
  const declared_scale *scale = kinds_scale(&p->kinds, name);
  if (upper_part(scale, p, c, &first)) {
    buffer_format(out, pick(in, "不低于%s", " %s or higher"), words_of_word(p, name, first, in));
    return;
  }
  buffer_text(out, pick(in, "为", " "));
  for (size_t w = 0; w < c->words_count; w++)
    buffer_format(out, "%s%s", w ? pick(in, "、", " or ") : "", words_of_word(p, name, p->book.items[c->words[w]], in));
}

static void one_condition(arena *a, buffer *out, const pack *p, const condition *c, day on, language in) {
  const char *title = shown_title(p, &c->what, in);
  buffer_text(out, in == LANGUAGE_ZH && text_same(title, "value") ? "取值" : title);
  switch (c->form) {
  case TEST_WORDS:
    word_list(a, out, p, c, in);
    return;
  case TEST_NUMBER:
  case TEST_DATE:
    if (c->two) {
      buffer_format(out, pick(in, "在 %s 与 %s 之间", " between %s and %s"), limit_words(a, p, &c->limit, NULL, on, in),
                    limit_words(a, p, &c->other, NULL, on, in));
      return;
    }
    buffer_format(out, "%s%s %s", pick(in, "", " "), compare_words(c->compare, in),
                  limit_words(a, p, &c->limit, NULL, on, in));
    return;
  case TEST_TRUTH:
    buffer_text(out, c->truth ? pick(in, "：是", ": yes") : pick(in, "：否", ": no"));
    return;
  case TEST_NONE:
    buffer_text(out, pick(in, "为空", " empty"));
    return;
  case TEST_ANY:
    buffer_text(out, pick(in, "不为空", " given"));
    return;
  }
}

char *words_of_match(arena *a, const pack *p, const match *m, const char *without, day on, language in) {
  buffer out = {0};
  buffer_text(&out, "");
  for (size_t i = 0; m && i < m->conditions_count; i++) {
    const char *name = m->conditions[i].what.text;
    if (without && (text_same(name, without) || text_same(name, "kind"))) continue;
    if (out.length) buffer_text(&out, pick(in, "，", ", "));
    one_condition(a, &out, p, &m->conditions[i], on, in);
  }
  for (size_t i = 0; m && i < m->any_count; i++) {
    if (out.length) buffer_text(&out, i ? pick(in, "；或", "; or ") : pick(in, "，", ", "));
    buffer_text(&out, words_of_match(a, p, &m->any[i], without, on, in));
  }
  char *text = arena_text(a, out.at ? out.at : "");
  buffer_free(&out);
  return text;
}
