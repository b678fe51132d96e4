#include "pack/lint.h"

#include "pack/lint_bounds.h"

#include <string.h>

const char *const lint_names[LINT_CODES] = {
    "unread-parameter", "no-value-yet", "word-gone", "unmatched-records",
    "line-behind",      "out-of-reach", "implied",   "not-implied",
};
const said lint_words[LINT_CODES] = {
    {{"没有被读取的参数", "a parameter that nothing reads"}},
    {{"读取时尚无取值的参数", "a parameter read before its first value"}},
    {{"后来的取值缺少先前有的词", "a word that a later value has lost"}},
    {{"没有任何认定的记录", "records that no recognition takes"}},
    {{"轮不到的认定条目", "a line of a recognition that takes nothing"}},
    {{"永远无法达到的要求", "a need that can never be met"}},
    {{"由其他要求推出的要求", "a need that others include"}},
    {{"标为 implied 而无法证明的要求", "a need marked implied that is not"}},
};

typedef struct looking {
  const pack *pack;
  arena *memory;
  lint *out;
  faults *problems;
} looking;

static bool own(const looking *l, place where) {
  size_t length = strlen(l->pack->id);
  return where.file && !strncmp(where.file, l->pack->id, length) && where.file[length] == '/';
}

static void found(looking *l, lint_code code) {
  *ARENA_PUSH(l->memory, l->out->codes, l->out->count, l->out->capacity) = code;
}

/* ---- parameters ---- */

static bool program_reads(const program *g, const parameter *p) {
  for (size_t i = 0; i < g->count; i++) {
    const expr_node *n = &g->nodes[i];
    if (n->limit.parameter == p || n->other.parameter == p || match_reads(n->match, p)) return true;
  }
  return false;
}

static bool figure_reads(const figure *f, const parameter *p) {
  for (size_t i = 0; i < f->ends_count; i++)
    if (f->ends[i].limit.parameter == p) return true;
  return match_reads(&f->where, p);
}

static bool anything_reads(const pack *p, const parameter *of) {
  for (size_t i = 0; i < p->rules_count; i++) /* what Lua or a plugin reads is not seen from here */
    if (p->rules[i].way == RULE_DECIDE || p->rules[i].way == RULE_NATIVE || program_reads(&p->rules[i].program, of))
      return true;
  for (size_t i = 0; i < p->recognitions_count; i++) {
    const recognition *r = &p->recognitions[i];
    if (program_reads(&r->program, of)) return true;
    for (size_t k = 0; k < r->lines_count; k++)
      if (match_reads(&r->lines[k].when, of)) return true;
  }
  for (size_t i = 0; i < p->groups_count; i++) {
    if (match_reads(&p->groups[i].where, of)) return true;
    for (size_t k = 0; k < p->groups[i].limits_count; k++)
      if (p->groups[i].limits[k].at_most.parameter == of) return true;
  }
  for (size_t i = 0; i < p->figures_count; i++)
    if (figure_reads(&p->figures[i], of)) return true;
  return false;
}

static bool has_word(const parameter_entry *e, const char *word) {
  for (size_t i = 0; i < e->words_count; i++)
    if (!strcmp(e->words[i].word, word)) return true;
  return false;
}

static void look_at_words(looking *l, const parameter *p) {
  for (size_t k = 1; k < p->entries_count; k++) {
    const parameter_entry *before = &p->entries[k - 1], *e = &p->entries[k];
    for (size_t w = 0; w < before->words_count; w++) {
      if (has_word(e, before->words[w].word)) continue;
      char from[11];
      day_write(e->from, from);
      fault_warn(l->problems, e->where, "parameter \"%s\" has no value for \"%s\" any more from %s on",
                 "参数“%s”不再有“%s”的取值，自 %s 起", p->id, before->words[w].word, from);
      fault_next(l->problems, "say its value, 0 where it counts nothing", "请写明取值；不再计算的写 0");
      found(l, LINT_WORD_GONE);
    }
  }
}

static void look_at_parameters(looking *l) {
  for (size_t i = 0; i < l->pack->parameters.count; i++) {
    const parameter *p = &l->pack->parameters.items[i];
    if (!own(l, p->where)) continue;
    look_at_words(l, p);
    if (anything_reads(l->pack, p)) continue;
    fault_warn(l->problems, p->where, "nothing reads parameter \"%s\"", "没有规则、认定或数字读取参数“%s”", p->id);
    fault_next(l->problems, "write P.%s where it is meant, or take it out", "请在应当使用之处写 P.%s，或删去该参数",
               p->id);
    found(l, LINT_UNREAD);
  }
}

/* A rule of fixed periods that reads a parameter on the first day of one in which it has no value yet. */
static void look_at_first_values(looking *l, const rule *r) {
  const period *per = r->period >= 0 ? &l->pack->periods[r->period] : NULL;
  if (!per || per->starts == DAY_NONE) return;
  day first = per->starts;
  window w;
  if (r->in_force.there && r->in_force.from > first && period_on(per, first, r->in_force.from, &w)) {
    first = w.first;
    if (r->in_force.by_period_start && w.first < r->in_force.from)
      first = period_number(per, per->starts, w.number + 1).first;
  }
  for (size_t n = 0; n < r->program.count; n++) {
    const expr_node *node = &r->program.nodes[n];
    const parameter *p = node->op == OP_PARAMETER ? node->limit.parameter : NULL;
    if (!p || !p->entries_count || p->entries[0].from <= first) continue;
    if (node->reading != READ_DEFAULT && node->reading != READ_PERIOD_START) continue;
    char begins[11], from[11];
    day_write(first, begins);
    day_write(p->entries[0].from, from);
    fault_warn(l->problems, node->where,
               "rule \"%s\" reads parameter \"%s\" on %s, the first day of a period, but its first value is from %s",
               "规则“%s”读取参数“%s”的日期为周期首日 %s，而其首个取值自 %s 起", r->id, p->id, begins, from);
    fault_next(l->problems, "add an earlier value, or in_force = { from = \"%s\", by = \"period_start\" } to the rule",
               "请补充更早的取值，或在规则上写 in_force = { from = \"%s\", by = \"period_start\" }", from);
    found(l, LINT_NO_VALUE);
  }
}

/* ---- records ---- */

static bool taken(const pack *p, const declared_kind *kind) {
  for (size_t i = 0; i < p->recognitions_count; i++)
    for (size_t k = 0; k < p->recognitions[i].lines_count; k++)
      if (match_allows_kind(&p->recognitions[i].lines[k].when, &p->book, kind->name)) return true;
  return false;
}

static bool named_directly(const pack *p, const declared_kind *kind) {
  for (size_t i = 0; i < p->rules_count; i++)
    for (size_t n = 0; n < p->rules[i].program.count; n++) {
      const expr_node *node = &p->rules[i].program.nodes[n];
      if (node->op == OP_RECORDS && node->rows == FACT_RECORD && match_allows_kind(node->match, &p->book, kind->name))
        return true;
      if (node->name && !strcmp(node->name, kind->name)) return true;
    }
  return false;
}

static bool unit_taken(const recognition *r, const char *unit) {
  if (text_same(r->unit, unit)) return true;
  for (size_t i = 0; i < r->from_count; i++)
    if (text_same(r->from[i], unit)) return true;
  return false;
}

/* Kinds of records in a unit that a recognition takes, which none of its lines and nothing else can match. Where
 * `otherwise` stands it has been thought of. */
static void look_at_kinds(looking *l) {
  const pack *p = l->pack;
  for (size_t i = 0; i < p->kinds.count; i++) {
    const declared_kind *kind = &p->kinds.items[i];
    if (kind->type != FACT_RECORD || !kind->unit || !own(l, kind->where) || taken(p, kind) || named_directly(p, kind))
      continue;
    for (size_t g = 0; g < p->recognitions_count; g++) {
      const recognition *r = &p->recognitions[g];
      if (!unit_taken(r, kind->unit) || r->has_otherwise) continue;
      fault_warn(l->problems, kind->where, "no line of recognition \"%s\" can take records of kind \"%s\"",
                 "认定“%s”中没有条目能认定“%s”类记录", r->id, kind->name);
      fault_next(l->problems, "add a line for it, or otherwise = ignore { zh = …, en = … } with the reason",
                 "请增加条目，或写 otherwise = ignore { zh = …, en = … } 说明理由");
      found(l, LINT_UNMATCHED);
    }
  }
}

/* Words of level, mode or status that no line of a recognition admits, where nothing says why not. */
static bool admits(const match *m, const wordbook *book, const char *path_of, const char *word) {
  for (size_t i = 0; i < m->conditions_count; i++) {
    const condition *c = &m->conditions[i];
    if (!text_same(c->what.text, path_of) || c->form != TEST_WORDS) continue;
    bool in = false;
    for (size_t w = 0; w < c->words_count && !in; w++) in = !strcmp(book->items[c->words[w]], word);
    if (!in) return false;
  }
  if (!m->any_count) return true;
  for (size_t i = 0; i < m->any_count; i++)
    if (admits(&m->any[i], book, path_of, word)) return true;
  return false;
}

static void look_at_scale_words(looking *l, const recognition *r) {
  static const char *const scales[] = {"level", "mode", "status"};
  if (r->has_otherwise || !own(l, r->where)) return;
  for (size_t s = 0; s < 3; s++) {
    const declared_scale *scale = kinds_scale(&l->pack->kinds, scales[s]);
    for (size_t w = 0; scale && w < scale->count; w++) {
      bool any = false;
      for (size_t k = 0; k < r->lines_count && !any; k++)
        any = admits(&r->lines[k].when, &l->pack->book, scales[s], scale->words[w].word);
      if (any) continue;
      fault_warn(l->problems, r->where, "no line of recognition \"%s\" can take records whose %s is \"%s\"",
                 "认定“%s”中没有条目能认定 %s 为“%s”的记录", r->id, scales[s], scale->words[w].word);
      fault_next(l->problems, "add a line for it, or otherwise = ignore { zh = …, en = … } with the reason",
                 "请增加条目，或写 otherwise = ignore { zh = …, en = … } 说明理由");
      found(l, LINT_UNMATCHED);
    }
  }
}

/* Whether a record in a unit that the later line takes is in one that the earlier takes (recognise_unit_fits). */
static bool units_within(const recognition *r, const recognition_line *later, const recognition_line *earlier) {
  if (earlier->amount >= 0 || !r->unit) return true;
  if (later->amount >= 0 || (earlier->rate < 0 && later->rate >= 0)) return false;
  const char *unit = earlier->rate >= 0 ? r->program.nodes[earlier->rate].unit : NULL;
  const char *other = later->rate >= 0 ? r->program.nodes[later->rate].unit : NULL;
  return text_same(unit, other);
}

/* A line behind one that takes all that it could take. */
static void look_at_lines(looking *l, const recognition *r) {
  for (size_t k = 1; k < r->lines_count; k++) {
    const recognition_line *later = &r->lines[k];
    size_t by = 0;
    while (by < k && (r->lines[by].provided >= 0 || !match_within(&later->when, &r->lines[by].when) ||
                      !units_within(r, later, &r->lines[by])))
      by++;
    if (by == k || !own(l, later->where)) continue;
    fault_warn(l->problems, later->where,
               "line %zu (\"%s\") of recognition \"%s\" can take nothing: line %zu (\"%s\") takes all of it before",
               "第 %zu 条（“%s”，认定“%s”）轮不到任何记录：第 %zu 条（“%s”）已先全部认定", k + 1, later->as, r->id,
               by + 1, r->lines[by].as);
    fault_next(l->problems, "lines are tried in order: put the narrower one first",
               "各条依次尝试：请把范围窄的写在前面");
    found(l, LINT_BEHIND);
  }
}

/* ---- needs ---- */

static bool out_of_reach(const looking *l, const rule *r, const need *n, fraction *most, fraction *wanted) {
  bool least = n->form.compare == AT_LEAST || n->form.compare == MORE_THAN;
  if (n->form.had < 0 || n->form.count) return false;
  day *days;
  size_t count = lint_days(l->pack, r, l->memory, &days);
  for (size_t i = 0; i < count; i++) {
    if (!lint_least(r, n->form.needed, days[i], wanted)) return false;
    if (!least) { /* nothing is below nothing */
      *most = FRACTION_ZERO;
      int order = fraction_compare(*wanted, FRACTION_ZERO);
      if (r->program.nodes[n->form.had].type != EXPR_SELECTION ||
          !(n->form.compare == AT_MOST ? order < 0 : order <= 0))
        return false;
      continue;
    }
    if (!lint_most(l->pack, r, n->form.had, days[i], n->form.each == SPAN_YEAR, most)) return false;
    int order = fraction_compare(*most, *wanted);
    if (n->form.compare == AT_LEAST ? order >= 0 : order > 0) return false;
  }
  return count > 0;
}

static void look_at_need(looking *l, const rule *r, size_t at) {
  const need *n = &r->needs[at];
  fraction most, wanted;
  if (out_of_reach(l, r, n, &most, &wanted)) {
    fault_warn(l->problems, n->where,
               "need \"%s\" of rule \"%s\" can never be met: %s %s is asked for, %s is all there can be",
               "要求“%s”（规则“%s”）永远无法达到：要求 %s %s，至多只能有 %s", n->id, r->id,
               comparison_text(n->form.compare), fraction_text(l->memory, wanted), fraction_text(l->memory, most));
    fault_next(l->problems, "look at its caps and at the parameter", "请核对上限与参数");
    found(l, LINT_OUT_OF_REACH);
  }
  int32_t against = lint_against(l->pack, r, at, l->memory);
  if (against >= 0) {
    fault_warn(l->problems, n->where, "needs \"%s\" and \"%s\" of rule \"%s\" can never both be met",
               "要求“%s”与“%s”（规则“%s”）永远无法同时达到", n->id, r->needs[against].id, r->id);
    fault_next(l->problems, "look at both numbers", "请核对两处的数");
    found(l, LINT_OUT_OF_REACH);
  }
  bool several;
  int32_t by = lint_implied_by(l->pack, r, at, l->memory, &several);
  if (by >= 0 && !n->implied) {
    fault_warn(l->problems, n->where,
               several ? "need \"%s\" of rule \"%s\" is met whenever \"%s\" and others are"
                       : "need \"%s\" of rule \"%s\" is met whenever \"%s\" is",
               several ? "要求“%s”（规则“%s”）在“%s”等要求达到时必然达到" : "要求“%s”（规则“%s”）在“%s”达到时必然达到",
               n->id, r->id, r->needs[by].id);
    fault_next(l->problems, "write implied = true on it if the text says it all the same",
               "如果文件确有此规定，请在该要求上写 implied = true");
    found(l, LINT_IMPLIED);
  } else if (by < 0 && n->implied) {
    fault_warn(l->problems, n->where,
               "need \"%s\" of rule \"%s\" is marked implied, but the other needs do not include it",
               "要求“%s”（规则“%s”）标为 implied，但其他要求并不包含它", n->id, r->id);
    fault_next(l->problems, "take implied = true out", "请删去 implied = true");
    found(l, LINT_NOT_IMPLIED);
  }
}

void pack_lint(const pack *p, arena *a, lint *out, faults *problems) {
  looking l = {p, a, out, problems};
  *out = (lint){0};
  look_at_parameters(&l);
  look_at_kinds(&l);
  for (size_t i = 0; i < p->recognitions_count; i++) {
    look_at_scale_words(&l, &p->recognitions[i]);
    look_at_lines(&l, &p->recognitions[i]);
  }
  for (size_t i = 0; i < p->rules_count; i++) {
    const rule *r = &p->rules[i];
    if (r->way != RULE_NEEDS || !own(&l, r->where)) continue;
    look_at_first_values(&l, r);
    for (size_t k = 0; k < r->needs_count; k++) look_at_need(&l, r, k);
  }
}
