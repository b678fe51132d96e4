#include "pack/cover.h"

#include <string.h>

static bool own(const cover *c, place where) {
  size_t length = strlen(c->pack->id);
  return where.file && !strncmp(where.file, c->pack->id, length) && where.file[length] == '/';
}

static void add(cover *c, cover_form form, const char *name, place where) {
  if (!own(c, where)) return;
  *ARENA_PUSH(c->memory, c->items, c->count, c->capacity) = (cover_item){.form = form, .name = name, .where = where};
}

/* By its place: a case with parameters of its own runs in a pack of its own. */
static void reach(cover *c, cover_form form, place where) {
  for (size_t i = 0; i < c->count; i++)
    if (c->items[i].form == form && c->items[i].where.line == where.line &&
        text_same(c->items[i].where.file, where.file))
      c->items[i].reached = true;
}

void cover_begin(cover *c, arena *a, const pack *p) {
  *c = (cover){.memory = a, .pack = p};
  for (size_t i = 0; i < p->rules_count; i++) {
    const rule *r = &p->rules[i];
    if (r->way == RULE_GROUP) continue; /* it is covered as a group */
    add(c, COVER_RULE, r->id, r->where);
    for (size_t k = 0; k < r->needs_count; k++) {
      const need *n = &r->needs[k];
      const char *name = arena_format(a, "%s.%s", r->id, n->id);
      add(c, COVER_NEED_MET, name, n->where);
      if (!n->implied) add(c, COVER_NEED_UNMET, name, n->where);
    }
  }
  for (size_t i = 0; i < p->recognitions_count; i++) {
    const recognition *r = &p->recognitions[i];
    for (size_t k = 0; k < r->lines_count; k++)
      add(c, COVER_LINE, arena_format(a, "%s.%s", r->id, r->lines[k].as), r->lines[k].where);
    add(c, COVER_OTHERWISE, r->id, r->where);
  }
  for (size_t i = 0; i < p->parameters.count; i++) {
    const parameter *one = &p->parameters.items[i];
    for (size_t k = 0; k < one->entries_count; k++) {
      char from[11];
      day_write(one->entries[k].from, from);
      add(c, COVER_VALUE, arena_format(a, "%s.%s", one->id, from), one->entries[k].where);
    }
  }
  for (size_t i = 0; i < p->groups_count; i++) add(c, COVER_GROUP, p->groups[i].id, p->groups[i].where_declared);
}

static void cover_limit(cover *c, const limit *l, day on) {
  day next;
  const parameter_entry *e = l->parameter ? parameter_on(l->parameter, on, &next) : NULL;
  if (e) reach(c, COVER_VALUE, e->where);
}

/* Parameters in tables of conditions are read with the records, without a trace. */
static void cover_match(cover *c, const match *m, day on) {
  for (size_t i = 0; m && i < m->conditions_count; i++) {
    cover_limit(c, &m->conditions[i].limit, on);
    cover_limit(c, &m->conditions[i].other, on);
  }
  for (size_t i = 0; m && i < m->any_count; i++) cover_match(c, &m->any[i], on);
}

static void cover_rule(cover *c, const case_result *r, int32_t rule_at, arena *brief, int depth) {
  const pack *p = r->pack;
  const rule *of = &p->rules[rule_at];
  explanation x;
  if (!evaluation_explain(r->evaluation, rule_at, r->subject, brief, &x)) return;
  reach(c, COVER_RULE, of->where);
  for (size_t i = 0; i < x.decision.needs_count; i++) {
    const need_result *n = &x.decision.needs[i];
    if (n->outcome == OUTCOME_MET) reach(c, COVER_NEED_MET, n->need->where);
    if (n->outcome == OUTCOME_UNMET) reach(c, COVER_NEED_UNMET, n->need->where);
  }
  day on = x.decision.has_window ? x.decision.window.first : x.decision.on;
  for (size_t i = 0; i < of->program.count; i++) cover_match(c, of->program.nodes[i].match, on);
  for (size_t i = 0; i < x.branches_count; i++) {
    const recognition *rec = &p->recognitions[x.branches[i].recognition];
    if (x.branches[i].line < 0)
      reach(c, COVER_OTHERWISE, rec->where);
    else
      reach(c, COVER_LINE, rec->lines[x.branches[i].line].where);
  }
  for (size_t i = 0; i < x.parameters_count; i++)
    if (x.parameters[i].entry) reach(c, COVER_VALUE, x.parameters[i].entry->where);
  for (size_t i = 0; depth > 0 && i < p->rules_count; i++) /* those whose outcome it asks */
    if (of->uses[i] && p->rules[i].of == of->of) cover_rule(c, r, (int32_t)i, brief, depth - 1);
}

void cover_case(cover *c, const case_result *r, arena *brief) {
  enum { DEEPEST = 4 };
  if (r->broken || !r->evaluation) return;
  if (r->rule >= 0) {
    cover_rule(c, r, r->rule, brief, DEEPEST);
    return;
  }
  const declared_group *g = &r->pack->groups[r->group];
  reach(c, COVER_GROUP, g->where_declared);
  for (size_t i = 0; i < g->limits_count; i++) /* read for the group, not in a run */
    cover_limit(c, &g->limits[i].at_most, evaluation_view(r->evaluation)->on);
}

size_t cover_reached(const cover *c, cover_form form, size_t *of) {
  size_t reached = 0;
  *of = 0;
  for (size_t i = 0; i < c->count; i++) {
    if (c->items[i].form != form) continue;
    ++*of;
    reached += c->items[i].reached;
  }
  return reached;
}

int cover_percent(const cover *c) {
  size_t reached = 0;
  for (size_t i = 0; i < c->count; i++) reached += c->items[i].reached;
  return c->count ? (int)(reached * 100 / c->count) : 100;
}

said cover_said(cover_form form) {
  static const said words[COVER_FORMS] = {{{"规则", "rules"}},
                                          {{"要求（达到）", "needs met"}},
                                          {{"要求（未达到）", "needs unmet"}},
                                          {{"认定条目", "lines"}},
                                          {{"不予认定", "otherwise"}},
                                          {{"带日期的取值", "dated values"}},
                                          {{"遴选、覆盖、系列", "groups"}}};
  return words[form];
}
