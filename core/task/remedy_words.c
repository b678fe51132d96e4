/* What would make a rule pass, as a text and as JSON. */
#include "task/explain_words.h"
#include "task/remedy.h"

static const char *pick(language in, const char *zh, const char *en) {
  return in == LANGUAGE_ZH ? zh : en;
}

/* 省级集中培训 10 学时（脱产，不少于 2 天） */
static char *way_words(arena *a, const evaluating *e, const remedy_way *w, const char *unit, language in) {
  buffer out = {0};
  const char *own = pack_unit_of(e->pack, w->unit, w->amount, in);
  if (!w->unit)
    buffer_format(&out, pick(in, "%s %s 条", "%s: %s more"), w->title.in[in], fraction_text(a, w->amount));
  else
    buffer_format(&out, pick(in, "%s %s %s", "%s: %s %s"), w->title.in[in], fraction_text(a, w->amount), own);
  if (*w->conditions.in[in]) buffer_format(&out, pick(in, "（%s）", " (%s)"), w->conditions.in[in]);
  if (!w->enough)
    buffer_format(&out, pick(in, "，但本期只能再计 %s", ", but no more than %s can still count"),
                  words_of_number(a, e->pack, w->room, w->room, unit, in));
  char *text = arena_text(a, out.at);
  buffer_free(&out);
  return text;
}

static char *offer_words(arena *a, const evaluating *e, const remedy_offer *o, const char *unit, language in) {
  const fact_columns *t = &e->subjects->of[FACT_ACTIVITY];
  char first[11], last[11];
  date_write(t->since[o->activity], first);
  date_write(t->until[o->activity] != DATE_NONE ? t->until[o->activity] : t->since[o->activity], last);
  const char *name = e->subjects->words[t->name[o->activity]], *code = e->subjects->words[t->code[o->activity]];
  const char *gives = words_of_number(a, e->pack, o->gives, o->gives, unit, in);
  return arena_format(a, pick(in, "%s 至 %s  %s %s：%s，计 %s%s", "%s to %s  %s %s: %s, counts %s%s"), first, last,
                      code, name, o->title.in[in], gives, o->enough ? pick(in, "，足够", ", enough") : "");
}

void remedy_text(arena *a, const evaluating *e, const need_result *n, const char *title, const remedy *r, language in,
                 buffer *text) {
  char until[11];
  const char *missing = words_of_number(a, e->pack, r->missing, r->missing, r->unit, in);
  (void)n;
  if (r->late) {
    buffer_format(text,
                  pick(in, "    %s：缺 %s，该年度已过，无法补足\n", "    %s: %s short, and the year has passed\n"),
                  title, missing);
    return;
  }
  if (r->missing.above == 0) /* "more than" is asked for, and just as much is there */
    buffer_format(text, pick(in, "    %s：已达界限，还须超出", "    %s: as much as the limit, more is needed"), title);
  else
    buffer_format(text, pick(in, "    %s：缺 %s", "    %s: %s short"), title, missing);
  if (r->until != DAY_EVER) {
    day_write(r->until, until);
    buffer_format(text, pick(in, "，最迟 %s", ", by %s"), until);
  }
  buffer_text(text, r->ways_count > 1 ? pick(in, "；任取其一：\n", "; any one of:\n") : pick(in, "：\n", ":\n"));
  for (size_t i = 0; i < r->ways_count; i++)
    buffer_format(text, "      %s\n", way_words(a, e, &r->ways[i], r->unit, in));
  if (r->offers_count) buffer_text(text, pick(in, "      此前可参加：\n", "      offered before then:\n"));
  for (size_t i = 0; i < r->offers_count; i++)
    buffer_format(text, "        %s\n", offer_words(a, e, &r->offers[i], r->unit, in));
}

json_t *remedy_json(arena *a, const evaluating *e, const remedy *r) {
  json_t *out = json_object(), *ways = json_array(), *offered = json_array();
  char day_text[11];
  json_object_set_new(out, "missing", json_string(fraction_text(a, r->missing)));
  if (r->unit) json_object_set_new(out, "unit", json_string(r->unit));
  if (r->until != DAY_EVER) {
    day_write(r->until, day_text);
    json_object_set_new(out, "by", json_string(day_text));
  }
  if (r->late) json_object_set_new(out, "late", json_true());
  for (size_t i = 0; i < r->ways_count; i++) {
    const remedy_way *w = &r->ways[i];
    json_t *one = json_pack(
        "{s:o, s:s, s:b, s:o}", "title", json_words(w->title), "amount", fraction_text(a, w->amount), "enough",
        w->enough, "text",
        json_words((said){{way_words(a, e, w, r->unit, LANGUAGE_ZH), way_words(a, e, w, r->unit, LANGUAGE_EN)}}));
    if (w->unit) json_object_set_new(one, "unit", json_string(w->unit));
    if (!is_infinite(w->room)) json_object_set_new(one, "room", json_string(fraction_text(a, w->room)));
    json_array_append_new(ways, one);
  }
  const fact_columns *t = &e->subjects->of[FACT_ACTIVITY];
  for (size_t i = 0; i < r->offers_count; i++) {
    const remedy_offer *o = &r->offers[i];
    json_array_append_new(offered,
                          json_pack("{s:s, s:s, s:b, s:o}", "activity", e->subjects->words[t->code[o->activity]],
                                    "gives", fraction_text(a, o->gives), "enough", o->enough, "text",
                                    json_words((said){{offer_words(a, e, o, r->unit, LANGUAGE_ZH),
                                                       offer_words(a, e, o, r->unit, LANGUAGE_EN)}})));
  }
  json_object_set_new(out, "ways", ways);
  json_object_set_new(out, "offered", offered);
  return out;
}
