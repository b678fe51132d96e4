#include "pack/mutate_hint.h"

#include <string.h>

void mutate_see(arena *a, arena *brief, const pack *p, const json_t *declaration, case_seen *out) {
  case_result r;
  faults *unsaid = faults_new(brief);
  case_run(p, declaration, a, &r, unsaid);
  *out = (case_seen){.title = r.title, .where = r.where, .decided = r.decided, .decision = r.decision};
  if (r.rule >= 0) out->gives = r.pack->rules[r.rule].gives, out->gives_count = r.pack->rules[r.rule].gives_count;
  case_done(&r);
}

/* ---- what a case computes otherwise ---- */

static const char *need_key(arena *a, const need_result *n) {
  if (!n->each) return n->need->id;
  return arena_format(a, "[\"%s %s\"]", n->need->id, n->each);
}

static const char *number_differs(arena *a, const char *word, const need_result *n, fraction was, fraction is) {
  if (is_infinite(was) || !fraction_compare(was, is)) return NULL;
  return arena_format(a, "%s = { %s = %s }", word, need_key(a, n), fraction_text(a, was));
}

static const char *need_differs(arena *a, const need_result *was, const need_result *is) {
  if (!was->numbers || !is->numbers) return NULL;
  const char *out = number_differs(a, "needed", was, was->needed, is->needed);
  if (!out) out = number_differs(a, "had", was, was->had, is->had);
  if (!out) out = number_differs(a, "short", was, was->missing, is->missing);
  return out;
}

void mutate_compare(arena *a, case_seen *seen, const case_result *changed) {
  const decision *was = &seen->decision, *is = &changed->decision;
  if (seen->differs || !seen->decided || !changed->decided) return;
  for (size_t i = 0; i < was->needs_count && i < is->needs_count && !seen->differs; i++)
    seen->differs = need_differs(a, &was->needs[i], &is->needs[i]);
  for (size_t i = 0; i < seen->gives_count && was->gives && is->gives && !seen->differs; i++)
    if (fraction_compare(was->gives[i], is->gives[i]))
      seen->differs = arena_format(a, "gives = { %s = %s }", seen->gives[i].name, fraction_text(a, was->gives[i]));
  if (!seen->differs && was->outcome != is->outcome)
    seen->differs = arena_format(a, "outcome = \"%s\"", outcome_name(was->outcome));
}

/* ---- where it stands ---- */

static bool reads(const expr_node *n, const parameter *sought) {
  return n->limit.parameter == sought || n->other.parameter == sought || match_reads(n->match, sought);
}

/* As a number, not in a condition that chooses between numbers. */
static bool below(const program *p, int32_t top, const parameter *sought) {
  if (top < 0) return false;
  const expr_node *n = &p->nodes[top];
  if (reads(n, sought) || below(p, n->of, sought)) return true;
  for (size_t i = 0; i < n->args_count; i++) {
    bool chooses = n->op == OP_CHOOSE && i % 2 == 0 && i + 1 < n->args_count;
    if (!chooses && below(p, n->args[i], sought)) return true;
  }
  return false;
}

typedef struct reader { /* who reads a parameter */
  const rule *rule;
  const need *need;
  bool as_needed;
  const recognition *recognition;
  const recognition_line *line;
  bool compared; /* the line asks for records above or below it */
} reader;

static reader reader_of(const pack *p, const parameter *of) {
  for (size_t i = 0; i < p->rules_count; i++) {
    const rule *r = &p->rules[i];
    for (size_t k = 0; k < r->needs_count; k++) {
      const need_form *f = &r->needs[k].form;
      if (below(&r->program, f->needed, of)) return (reader){.rule = r, .need = &r->needs[k], .as_needed = true};
    }
    for (size_t k = 0; k < r->needs_count; k++) {
      const need_form *f = &r->needs[k].form;
      if (below(&r->program, f->had, of) || below(&r->program, f->condition, of))
        return (reader){.rule = r, .need = &r->needs[k]};
    }
    for (size_t n = 0; n < r->program.count; n++)
      if (reads(&r->program.nodes[n], of)) return (reader){.rule = r};
  }
  for (size_t i = 0; i < p->recognitions_count; i++) {
    const recognition *r = &p->recognitions[i];
    for (size_t k = 0; k < r->lines_count; k++)
      if (below(&r->program, r->lines[k].rate, of) || below(&r->program, r->lines[k].amount, of))
        return (reader){.recognition = r, .line = &r->lines[k]};
    for (size_t k = 0; k < r->lines_count; k++)
      if (match_reads(&r->lines[k].when, of)) return (reader){.recognition = r, .line = &r->lines[k], .compared = true};
  }
  return (reader){0};
}

static said both(arena *a, const char *zh, const char *en) {
  return (said){{arena_text(a, zh), arena_text(a, en)}};
}

/* Of a first day: what is read on the two days that it lies between. */
static said hint_first_day(arena *a, const movable *m, const reader *r) {
  day d;
  char before[11];
  if (!day_read(m->was, &d)) return both(a, "", "");
  day_write(d - 1, before);
  if (r->recognition)
    return both(
        a, arena_format(a, "一个案例，其记录末日为 %s，另一个为 %s，写明各自的 had", before, m->was),
        arena_format(a, "a case with a record that ends on %s and one on %s, each with its had", before, m->was));
  return both(a,
              arena_format(a, "一个判定日（或周期首日）为 %s 的案例，另一个为 %s，写明各自的 needed", before, m->was),
              arena_format(a, "a case decided on %s (or whose period starts then) and one on %s, each with its needed",
                           before, m->was));
}

static said hint_parameter(arena *a, const pack *p, const movable *m) {
  const parameter *of = parameters_find(&p->parameters, m->parameter);
  reader r = of ? reader_of(p, of) : (reader){0};
  if (m->from) return hint_first_day(a, m, &r);
  if (r.as_needed && !r.need->form.each)
    return both(a, arena_format(a, "规则 %s 的案例，expect 中写 needed = { %s = %s }", r.rule->id, r.need->id, m->was),
                arena_format(a, "a case of rule %s that expects needed = { %s = %s }", r.rule->id, r.need->id, m->was));
  if (r.compared)
    return both(
        a, arena_format(a, "两条用于 %s 的记录，分处 %s 的两侧，写明 had 或 review", r.line->as, m->was),
        arena_format(a, "two records for line %s on either side of %s, with had or review", r.line->as, m->was));
  if (r.line)
    return both(a, arena_format(a, "一条认定为 %s（%s）的记录，写明折算后的 had", r.line->as, m->word),
                arena_format(a, "a record recognised as %s (%s), with the had that comes of it", r.line->as, m->word));
  if (r.need)
    return both(
        a,
        arena_format(a, "规则 %s 的案例，记录恰好达到并超过 %s，写明 had = { %s = … }", r.rule->id, m->was, r.need->id),
        arena_format(a, "a case of rule %s whose records reach and pass %s, with had = { %s = … }", r.rule->id, m->was,
                     r.need->id));
  if (r.rule)
    return both(
        a, arena_format(a, "规则 %s 的两个案例，分处 %s 的两侧，写明 outcome", r.rule->id, m->was),
        arena_format(a, "two cases of rule %s on either side of %s, each with its outcome", r.rule->id, m->was));
  return both(a, "没有规则或认定读取该参数", "nothing reads this parameter");
}

said mutate_hint(arena *a, const pack *p, const movable *m, const char *is, const case_seen *seen) {
  for (size_t i = 0; i < p->cases_count; i++) {
    if (!seen[i].differs) continue;
    return both(a,
                arena_format(a, "在案例“%s”（%s）的 expect 中加上 %s", seen[i].title,
                             place_text(a, seen[i].where, LANGUAGE_ZH), seen[i].differs),
                arena_format(a, "case \"%s\" (%s) would, if it also expected %s", seen[i].title,
                             place_text(a, seen[i].where, LANGUAGE_EN), seen[i].differs));
  }
  if (m->parameter) return hint_parameter(a, p, m);
  const char *where = m->need ? m->need : m->section ? m->section : "";
  if (text_same(m->declared, "rule"))
    return both(
        a,
        arena_format(a, "规则 %s 的案例，取值恰在 %s 与 %s 之间（%s），写明 outcome 或 had", m->id, m->was, is, where),
        arena_format(a, "a case of rule %s right between %s and %s (%s), with its outcome or had", m->id, m->was, is,
                     where));
  if (text_same(m->declared, "recognition"))
    return both(a, arena_format(a, "认定 %s 的一条 %s 记录，恰在 %s 与 %s 之间，写明 had", m->id, where, m->was, is),
                arena_format(a, "a record for line %s of recognition %s right between %s and %s, with its had", where,
                             m->id, m->was, is));
  if (text_same(m->declared, "period"))
    return both(a, arena_format(a, "周期 %s 交界处的记录：%s 与 %s 两侧各一条，写明 had", m->id, m->was, is),
                arena_format(a, "records on either side of where period %s turns, between %s and %s, with their had",
                             m->id, m->was, is));
  return both(a, arena_format(a, "%s 恰在 %s 与 %s 之间的案例", m->id, m->was, is),
              arena_format(a, "a case of %s right between %s and %s", m->id, m->was, is));
}
