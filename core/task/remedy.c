#include "task/remedy.h"

#include "task/match_words.h"

#include <stdlib.h>
#include <string.h>

typedef struct finding {
  arena *memory;
  const evaluating *e;
  const pack *pack;
  const rule *rule;
  const program *program;
  const explanation *x;
  const need_result *need;
  const need_reasons *reasons;
  remedy *out;
  bool counts; /* records, not amounts */
} finding;

enum { EXCEPTS_MOST = 16, PARTS_MOST = 64 };

typedef struct leaf { /* how much a way must give, and how much it can */
  fraction missing, room;
  const match *also;
  const match *except[EXCEPTS_MOST]; /* records that a cap on the way holds for, and what it has room for */
  fraction except_room[EXCEPTS_MOST];
  size_t except_count;
  fraction each; /* at most so much of one item, session or day: several of them; infinite: no such cap */
  span_form span;
} leaf;

/* ---- numbers ---- */

static day reading_day_of(const finding *f, const expr_node *n) {
  if (n->reading == READ_DECISION) return f->e->on;
  if (n->reading == READ_PERIOD_END && f->x->decision.has_window) return f->x->decision.window.last;
  return f->x->decision.has_window ? f->x->decision.window.first : f->e->on;
}

static bool number_of(const finding *f, int32_t node, fraction *out) {
  const expr_node *n = &f->program->nodes[node];
  fraction more;
  day next;
  if (n->op == OP_MULTIPLY || n->op == OP_DIVIDE || n->op == OP_ADD || n->op == OP_SUBTRACT) {
    if (n->args_count != 2 || !number_of(f, n->args[0], out) || !number_of(f, n->args[1], &more)) return false;
    return n->op == OP_MULTIPLY ? fraction_multiply(*out, more, out)
           : n->op == OP_DIVIDE ? fraction_divide(*out, more, out)
           : n->op == OP_ADD    ? fraction_add(*out, more, out)
                                : fraction_subtract(*out, more, out);
  }
  if (n->op == OP_CONSTANT) {
    *out = n->limit.number;
    return true;
  }
  if (n->op != OP_PARAMETER || n->path.count || !n->limit.parameter) return false;
  const parameter_entry *e = parameter_on(n->limit.parameter, reading_day_of(f, n), &next);
  if (!e) return false;
  *out = e->number;
  return true;
}

static fraction difference(fraction a, fraction b) { /* not below nothing */
  fraction out;
  if (!fraction_subtract(a, b, &out) || out.above < 0) return FRACTION_ZERO;
  return out;
}

static fraction smaller(fraction a, fraction b) {
  if (is_infinite(a)) return b;
  if (is_infinite(b)) return a;
  return fraction_compare(a, b) <= 0 ? a : b;
}

static int32_t year_of(const finding *f, day d) {
  const period *per = f->rule->period >= 0 ? &f->pack->periods[f->rule->period] : NULL;
  return period_year(per, d);
}

static fraction kept_in(const finding *f, int32_t node, bool yearly, int32_t year) {
  fraction sum = FRACTION_ZERO;
  const fact_columns *t = &f->e->subjects->of[FACT_RECORD];
  for (size_t i = 0; i < f->reasons->kept_count; i++) {
    const step_kept *k = &f->reasons->kept[i];
    if (k->node != node) continue;
    date last = t->until[k->row] != DATE_NONE ? t->until[k->row] : t->since[k->row];
    if (yearly && (last == DATE_NONE || year_of(f, date_last(last)) != year)) continue;
    (void)fraction_add(sum, k->amount, &sum);
  }
  return sum;
}

/* What a cap still lets pass between the day and the last one that counts. */
static bool room_under(const finding *f, int32_t node, fraction *out) {
  const expr_node *n = &f->program->nodes[node];
  fraction most;
  if (!n->args_count || !number_of(f, n->args[0], &most)) return false;
  if (n->span == SPAN_PERIOD || n->span == SPAN_EVER || n->span == SPAN_NONE) {
    *out = difference(most, kept_in(f, node, false, 0));
    return true;
  }
  if (n->span != SPAN_YEAR) { /* by session, item or day: there can be others */
    *out = number_infinite();
    return true;
  }
  if (f->out->until == DAY_EVER) {
    *out = number_infinite();
    return true;
  }
  int32_t first = f->need->each && f->need->need->form.each == SPAN_YEAR ? f->need->each_year : year_of(f, f->e->on);
  int32_t last = f->need->each && f->need->need->form.each == SPAN_YEAR ? first : year_of(f, f->out->until);
  *out = FRACTION_ZERO;
  for (int32_t year = first; year <= last; year++)
    if (!fraction_add(*out, difference(most, kept_in(f, node, true, year)), out)) return false;
  return true;
}

/* ---- what a record must be ---- */

static bool asks_word(const match *m, const wordbook *book, const char *column, const char *word) {
  for (size_t i = 0; m && i < m->conditions_count; i++) {
    const condition *c = &m->conditions[i];
    if (c->form != TEST_WORDS || !text_same(c->what.text, column)) continue;
    bool in = false;
    for (size_t w = 0; w < c->words_count && !in; w++) in = !strcmp(book->items[c->words[w]], word);
    if (!in) return false;
  }
  return true;
}

/* More than asked for, where reaching it is not enough. */
static void beyond(const finding *f, fraction made, fraction missing, fraction step, fraction *much) {
  bool more = f->need->need->form.compare == MORE_THAN;
  if (more && fraction_compare(made, missing) <= 0) (void)fraction_add(*much, step, much);
}

/* The finest amount that records of a line can say, as a step. */
static fraction grain_of(const finding *f, const recognition *rec, const match *m, const char **unit) {
  int decimals = 0;
  *unit = rec->from_count ? rec->from[0] : rec->unit;
  for (size_t i = 0; i < f->pack->kinds.count; i++) {
    const declared_kind *k = &f->pack->kinds.items[i];
    if (k->type != FACT_RECORD || !k->unit || !match_allows_kind(m, &f->pack->book, k->name)) continue;
    bool fits = text_same(k->unit, rec->unit);
    for (size_t u = 0; u < rec->from_count && !fits; u++) fits = text_same(k->unit, rec->from[u]);
    if (fits && k->decimals >= decimals) decimals = k->decimals, *unit = k->unit;
  }
  fraction step = {1, 1};
  for (int i = 0; i < decimals; i++) step.below *= 10;
  return step;
}

/* "；不含…的": those that a cap holds for, where they could be among these. */
static char *excepted(const finding *f, const match *m, const leaf *at, language in) {
  buffer out = {0};
  buffer_text(&out, "");
  for (size_t i = 0; i < at->except_count; i++) {
    bool again = match_apart(m, at->except[i]) || (at->also && match_apart(at->also, at->except[i]));
    for (size_t k = 0; k < i && !again; k++) again = match_same(at->except[k], at->except[i]);
    if (again) continue;
    const char *words = words_of_match(f->memory, f->pack, at->except[i], NULL, f->e->on, in);
    buffer_format(&out, in == LANGUAGE_ZH ? "，不含%s的" : ", not where %s", words);
  }
  char *text = arena_text(f->memory, out.at);
  buffer_free(&out);
  return text;
}

/* "每项至多计 8 学分": it takes several. */
static char *in_pieces(const finding *f, const leaf *at, language in) {
  static const said forms[] = {[SPAN_SESSION] = {{"每场至多计 %s%s", "at most %s%s a session"}},
                               [SPAN_ITEM] = {{"每项至多计 %s%s", "at most %s%s an item"}},
                               [SPAN_DAY] = {{"每天至多计 %s%s", "at most %s%s a day"}}};
  const char *unit = pack_unit(f->pack, f->out->unit, in), *form = forms[at->span].in[in], *mark = strstr(form, "%s%s");
  return arena_format(f->memory, "%s%s%s%s%s", arena_text_of(f->memory, form, (size_t)(mark - form)),
                      fraction_text(f->memory, at->each), unit && *unit ? " " : "", unit ? unit : "", mark + 4);
}

static said conditions_of(const finding *f, const match *m, const leaf *at, const char *without) {
  const match *also = at->also;
  said out;
  for (int l = 0; l < LANGUAGES; l++) {
    char *own = words_of_match(f->memory, f->pack, m, without, f->e->on, (language)l);
    char *more = words_of_match(f->memory, f->pack, also, without, f->e->on, (language)l);
    const char *not_these = excepted(f, m, at, (language)l);
    out.in[l] = *own && *more ? arena_format(f->memory, l == LANGUAGE_ZH ? "%s，%s" : "%s, %s", own, more)
                              : (*own ? own : more);
    if (fraction_compare(at->missing, at->each) > 0)
      out.in[l] = arena_format(f->memory, "%s%s%s", out.in[l], *out.in[l] ? (l == LANGUAGE_ZH ? "，" : ", ") : "",
                               in_pieces(f, at, (language)l));
    if (*not_these)
      out.in[l] = arena_format(f->memory, "%s%s", out.in[l],
                               *out.in[l] ? not_these : not_these + (l == LANGUAGE_ZH ? strlen("，") : strlen(", ")));
  }
  return out;
}

static void add_way(finding *f, said title, said conditions, fraction much, const char *unit, const leaf *at) {
  bool more = f->need->need->form.compare == MORE_THAN;
  if (!is_infinite(at->room) && at->room.above <= 0) return; /* its cap is full: it would give nothing */
  remedy_way *w = ARENA_PUSH(f->memory, f->out->ways, f->out->ways_count, f->out->ways_capacity);
  *w = (remedy_way){.title = title, .conditions = conditions, .amount = much, .unit = unit, .room = at->room};
  int order = is_infinite(at->room) ? 1 : fraction_compare(at->room, at->missing);
  w->enough = more ? order > 0 : order >= 0;
}

/* A rate for one word, or for all: how much of it makes what is missing. */
static void way_by_rate(finding *f, const recognition *rec, const recognition_line *line, const leaf *at, fraction rate,
                        const char *by, const char *word) {
  const char *unit;
  fraction step = grain_of(f, rec, &line->when, &unit), much;
  if (rate.above <= 0 || !fraction_divide(at->missing, rate, &much) || !fraction_round(much, ROUND_UP, step, &much))
    return;
  fraction made = at->missing;
  (void)fraction_multiply(much, rate, &made);
  beyond(f, made, at->missing, step, &much);
  said title = line->title;
  for (int l = 0; by && l < LANGUAGES; l++)
    title.in[l] = arena_format(f->memory, l == LANGUAGE_ZH ? "%s%s" : "%s %s",
                               words_of_word(f->pack, by, word, (language)l), line->title.in[l]);
  add_way(f, title, conditions_of(f, &line->when, at, by ? by : "kind"), much, unit, at);
}

/* The least to do first. */
static int by_amount(const void *a, const void *b) {
  const remedy_way *x = a, *y = b;
  int order = fraction_compare(x->amount, y->amount);
  return order ? order : strcmp(x->title.in[LANGUAGE_EN], y->title.in[LANGUAGE_EN]);
}

/* A cap that holds for all records of a way, as they are asked for in the same words, is its room. */
static leaf settled(const leaf *at, const match *m) {
  leaf out = *at;
  out.except_count = 0;
  for (size_t i = 0; i < at->except_count; i++) {
    if (match_same(m, at->except[i]) || match_same(at->also, at->except[i])) {
      out.room = smaller(out.room, at->except_room[i]);
      continue;
    }
    out.except[out.except_count] = at->except[i];
    out.except_room[out.except_count++] = at->except_room[i];
  }
  return out;
}

static void way_by_line(finding *f, const recognition *rec, const recognition_line *line, const leaf *all) {
  const leaf own = settled(all, &line->when), *at = &own;
  const expr_node *n = line->rate >= 0     ? &rec->program.nodes[line->rate]
                       : line->amount >= 0 ? &rec->program.nodes[line->amount]
                                           : NULL;
  day next;
  if (line->others_only) return;
  if (!n) {
    way_by_rate(f, rec, line, at, (fraction){1, 1}, NULL, NULL);
    return;
  }
  const parameter_entry *entry =
      n->op == OP_PARAMETER && n->limit.parameter ? parameter_on(n->limit.parameter, f->e->on, &next) : NULL;
  if (n->op != OP_CONSTANT && !entry) return;
  if (line->amount >= 0) { /* so many records, at the least */
    fraction one = entry ? entry->number : n->limit.number, times;
    if (n->path.count || one.above <= 0 || !fraction_divide(at->missing, one, &times) ||
        !fraction_round(times, ROUND_UP, (fraction){1, 1}, &times))
      return;
    fraction made = at->missing;
    (void)fraction_multiply(times, one, &made);
    beyond(f, made, at->missing, (fraction){1, 1}, &times);
    add_way(f, line->title, conditions_of(f, &line->when, at, "kind"), times, NULL, at);
    return;
  }
  if (!n->path.count) {
    way_by_rate(f, rec, line, at, entry ? entry->number : n->limit.number, NULL, NULL);
    return;
  }
  size_t before = f->out->ways_count;
  for (size_t i = 0; entry && i < entry->words_count; i++) {
    const parameter_word *w = &entry->words[i];
    if (asks_word(&line->when, &f->pack->book, n->path.text, w->word) &&
        asks_word(at->also, &f->pack->book, n->path.text, w->word))
      way_by_rate(f, rec, line, at, w->value, n->path.text, w->word);
  }
  if (f->out->ways_count > before)
    qsort(f->out->ways + before, f->out->ways_count - before, sizeof *f->out->ways, by_amount);
}

/* ---- down from the need ---- */

static void look_at_records(finding *f, const expr_node *n, const leaf *all) {
  const leaf own = settled(all, n->match), *at = &own;
  const char *kind_name = match_kind(n->match, &f->pack->book);
  const declared_kind *kind = kind_name ? kinds_named(&f->pack->kinds, kind_name) : NULL;
  fraction much, step = {1, 1};
  for (int i = 0; !f->counts && kind && i < kind->decimals; i++) step.below *= 10;
  if (!kind || !fraction_round(at->missing, ROUND_UP, step, &much)) return;
  beyond(f, much, at->missing, step, &much);
  add_way(f, kind->title, conditions_of(f, n->match, at, "kind"), much, f->counts ? f->need->need->unit : kind->unit,
          at);
}

static void look_below(finding *f, int32_t node, leaf at);

typedef struct parts { /* of a union, however it is nested */
  int32_t nodes[PARTS_MOST];
  size_t count;
} parts;

static void take_parts(const finding *f, int32_t node, parts *out) {
  const expr_node *n = &f->program->nodes[node];
  for (size_t i = 0; n->op == OP_UNION && i < n->args_count; i++) take_parts(f, n->args[i], out);
  if (n->op != OP_UNION && out->count < PARTS_MOST) out->nodes[out->count++] = node;
}

/* A cap and what is over it make the whole: what the cap leaves out counts all the same. */
static bool make_whole(const finding *f, int32_t one, int32_t other) {
  const expr_node *x = &f->program->nodes[one], *y = &f->program->nodes[other];
  bool pair = (x->op == OP_CAP && y->op == OP_OVER) || (x->op == OP_OVER && y->op == OP_CAP);
  return pair && x->of == y->of && x->span == y->span && x->period == y->period && x->args_count && y->args_count &&
         x->args[0] == y->args[0] && match_same(x->match, y->match);
}

static void look_at_union(finding *f, int32_t node, const leaf *at) {
  parts all = {.count = 0};
  take_parts(f, node, &all);
  for (size_t i = 0; i < all.count; i++) {
    size_t pair = 0;
    while (pair < all.count && !make_whole(f, all.nodes[i], all.nodes[pair])) pair++;
    if (pair == all.count)
      look_below(f, all.nodes[i], *at);
    else if (i < pair)
      look_below(f, f->program->nodes[all.nodes[i]].of, *at);
  }
}

static void look_below(finding *f, int32_t node, leaf at) {
  const expr_node *n = &f->program->nodes[node];
  fraction limit_of, room;
  switch (n->op) {
  case OP_RECORDS:
    if (n->rows == FACT_RECORD) look_at_records(f, n, &at);
    return;
  case OP_RECOGNISED: {
    const recognition *rec = &f->pack->recognitions[n->index];
    for (size_t i = 0; i < rec->lines_count && !f->counts; i++)
      if (n->as < 0 || rec->lines[i].class == n->as) way_by_line(f, rec, &rec->lines[i], &at);
    return;
  }
  case OP_UNION:
    look_at_union(f, node, &at);
    return;
  case OP_CAP:
    if (!room_under(f, node, &room)) return;
    if ((n->span == SPAN_ITEM || n->span == SPAN_SESSION || n->span == SPAN_DAY) && !n->match) {
      if (!number_of(f, n->args[0], &limit_of)) return;
      if (is_infinite(at.each) || fraction_compare(limit_of, at.each) < 0) at.each = limit_of, at.span = n->span;
    }
    if (!n->match) at.room = smaller(at.room, room);
    if (n->match && at.except_count == EXCEPTS_MOST) return;
    if (n->match) at.except_room[at.except_count] = room;
    if (n->match) at.except[at.except_count++] = n->match; /* records that are not capped stay a way */
    look_below(f, n->of, at);
    return;
  case OP_OVER:
    if (n->match || n->span == SPAN_YEAR || !n->args_count || !number_of(f, n->args[0], &limit_of)) return;
    room = difference(limit_of, kept_in(f, node, false, 0)); /* what must be filled before anything is over */
    if (fraction_add(at.missing, room, &at.missing)) look_below(f, n->of, at);
    return;
  case OP_WHERE:
    if (at.also) return;
    at.also = n->match;
    look_below(f, n->of, at);
    return;
  case OP_SUM:
  case OP_COUNT:
  case OP_DISTINCT:
    f->counts = f->counts || n->op != OP_SUM;
    look_below(f, n->of, at);
    return;
  case OP_GREATEST: /* one that is large enough by itself */
    at.missing = f->need->needed;
    look_below(f, n->of, at);
    return;
  case OP_ONCE:
    look_below(f, n->of, at);
    return;
  default:
    return;
  }
}

/* ---- activities that are offered ---- */

static const char *level_of(const view *v, uint32_t activity) {
  int32_t programme = row_to(v, FACT_ACTIVITY, activity, FACT_PROGRAMME);
  uint32_t word = programme < 0 ? 0 : v->s->of[FACT_PROGRAMME].level[programme];
  return word ? v->s->words[word] : NULL;
}

static bool within(const condition *c, const wordbook *book, const char *word) {
  for (size_t w = 0; word && w < c->words_count; w++)
    if (!strcmp(book->items[c->words[w]], word)) return true;
  return false;
}

/* Whether the record that comes of an activity would match: its kind and status are taken for granted, what an activity
 * cannot say is not. */
static bool would_match(const finding *f, const match *m, uint32_t row) {
  const view *v = evaluation_view(f->e->evaluation);
  const fact_columns *t = &v->s->of[FACT_ACTIVITY];
  if (m && m->any_count) return false;
  for (size_t i = 0; m && i < m->conditions_count; i++) {
    const condition *c = &m->conditions[i];
    const char *name = c->what.text;
    if (text_same(name, "kind") || text_same(name, "status")) continue;
    if (c->form == TEST_WORDS && text_same(name, "level")) {
      if (!within(c, &f->pack->book, level_of(v, row))) return false;
    } else if (c->form == TEST_WORDS && text_same(name, "mode")) {
      if (!within(c, &f->pack->book, t->mode[row] ? v->s->words[t->mode[row]] : NULL)) return false;
    } else if (c->form == TEST_NUMBER && text_same(name, "days") && !c->two && !c->limit.parameter) {
      date last = t->until[row] != DATE_NONE ? t->until[row] : t->since[row];
      fraction days = {date_last(last) - date_first(t->since[row]) + 1, 1};
      if (!comparison_holds(c->compare, fraction_compare(days, c->limit.number))) return false;
    } else {
      return false;
    }
  }
  return true;
}

static bool rate_for(const finding *f, const recognition *rec, const recognition_line *line, uint32_t row, day on,
                     fraction *out) {
  const view *v = evaluation_view(f->e->evaluation);
  const fact_columns *t = &v->s->of[FACT_ACTIVITY];
  *out = (fraction){1, 1};
  if (line->amount >= 0 || line->others_only) return false;
  if (line->rate < 0) return true;
  const expr_node *n = &rec->program.nodes[line->rate];
  if (n->op == OP_CONSTANT) {
    *out = n->limit.number;
    return true;
  }
  day next;
  const parameter_entry *e =
      n->op == OP_PARAMETER && n->limit.parameter ? parameter_on(n->limit.parameter, on, &next) : NULL;
  if (!e) return false;
  if (!n->path.count) return parameter_value(e, NULL, out);
  const char *word = text_same(n->path.text, "level")                  ? level_of(v, row)
                     : text_same(n->path.text, "mode") && t->mode[row] ? v->s->words[t->mode[row]]
                                                                       : NULL;
  return word && parameter_value(e, word, out);
}

static bool unit_fits(const recognition *rec, const char *unit) {
  if (text_same(rec->unit, unit)) return true;
  for (size_t i = 0; i < rec->from_count; i++)
    if (text_same(rec->from[i], unit)) return true;
  return false;
}

/* Selections of recognised records that the need adds up directly, with nothing in between that would take away. */
static void offered_below(finding *f, int32_t node, uint32_t row, const match *also) {
  const expr_node *n = &f->program->nodes[node];
  const fact_columns *t = &f->e->subjects->of[FACT_ACTIVITY];
  if (n->op == OP_UNION)
    for (size_t i = 0; i < n->args_count; i++) offered_below(f, n->args[i], row, also);
  if (n->op == OP_SUM) offered_below(f, n->of, row, also);
  if (n->op == OP_WHERE && !also) offered_below(f, n->of, row, n->match);
  if (n->op != OP_RECOGNISED) return;
  const recognition *rec = &f->pack->recognitions[n->index];
  date last = t->until[row] != DATE_NONE ? t->until[row] : t->since[row];
  for (size_t i = 0; i < rec->lines_count; i++) {
    const recognition_line *line = &rec->lines[i];
    fraction much, rate, gives;
    if (!would_match(f, &line->when, row)) continue;
    if (n->as >= 0 && line->class != n->as) return; /* another line takes it first */
    if (!would_match(f, also, row) || !unit_fits(rec, f->e->subjects->words[t->unit[row]])) return;
    if (!rate_for(f, rec, line, row, date_last(last), &rate)) return;
    if (!fraction_make(t->amount[row], AMOUNT_ONE, &much) || !fraction_multiply(much, rate, &gives)) return;
    remedy_offer *o = ARENA_PUSH(f->memory, f->out->offers, f->out->offers_count, f->out->offers_capacity);
    int order = fraction_compare(gives, f->out->missing);
    *o = (remedy_offer){row, line->title, gives, f->need->need->form.compare == MORE_THAN ? order > 0 : order >= 0};
    return;
  }
}

static void find_offers(finding *f) {
  enum { OFFERS_MOST = 20 };
  const fact_columns *t = &f->e->subjects->of[FACT_ACTIVITY];
  for (uint32_t i = 0; i < t->count && f->out->offers_count < OFFERS_MOST; i++) {
    date last = t->until[i] != DATE_NONE ? t->until[i] : t->since[i];
    if (t->since[i] == DATE_NONE || date_first(t->since[i]) <= f->e->on) continue; /* it has begun */
    if (date_last(last) > f->out->until || t->bound[i] != BOUND_EXACT) continue;
    if (f->need->each && year_of(f, date_last(last)) != f->need->each_year) continue;
    offered_below(f, f->need->need->form.had, i, NULL);
  }
}

bool remedy_find(arena *a, const evaluating *e, const explanation *x, size_t need_at, remedy *out) {
  const need_result *n = &x->decision.needs[need_at];
  const need_form *form = &n->need->form;
  const rule *r = &e->pack->rules[x->decision.rule];
  *out = (remedy){.missing = n->missing, .unit = n->need->unit, .until = DAY_EVER};
  if (r->way != RULE_NEEDS || n->outcome != OUTCOME_UNMET || !n->numbers || form->had < 0 || !x->needs) return false;
  if (form->compare != AT_LEAST && form->compare != MORE_THAN) return false;
  if (x->decision.has_window) out->until = x->decision.window.last;
  if (n->each && form->each == SPAN_YEAR) {
    const period *per = r->period >= 0 ? &e->pack->periods[r->period] : NULL;
    day last = period_year_first(per, n->each_year + 1) - 1;
    if (last < out->until) out->until = last;
    out->late = last < e->on;
  }
  finding f = {a, e, e->pack, r, &r->program, x, n, &x->needs[need_at], out, form->count};
  if (!out->late) {
    look_below(&f, form->had, (leaf){.missing = n->missing, .room = number_infinite(), .each = number_infinite()});
    if (n->need->form.each != SPAN_ITEM) find_offers(&f);
  }
  return out->late || out->ways_count > 0 || out->offers_count > 0;
}
