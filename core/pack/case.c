#include "pack/case.h"

#include "pack/case_given.h"
#include "pack/decide_role.h"
#include "pack/group.h"

#include <stdio.h>
#include <string.h>

typedef struct running {
  const pack *pack;
  declaring *to;
  case_result *out;
  arena *memory;
} running;

static void differs(running *r, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

static void differs(running *r, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  said line = said_format_list(r->memory, en, zh, arguments);
  va_end(arguments);
  size_t capacity = r->out->lines_capacity;
  for (int l = 0; l < LANGUAGES; l++) {
    size_t count = r->out->lines_count;
    capacity = r->out->lines_capacity;
    r->out->lines[l] = arena_grow(r->memory, r->out->lines[l], count, &capacity, sizeof *r->out->lines[l]);
    r->out->lines[l][count] = line.in[l];
  }
  r->out->lines_capacity = capacity;
  r->out->lines_count++;
  r->out->passed = false;
}

static const char *shown(running *r, fraction f) {
  return is_infinite(f) ? "∞" : fraction_text(r->memory, f);
}

/* "year 2019": one of a need per year or word; without it the need itself. Needs of another name are reported. */
static const need_result *need_expected(running *r, const decision *d, const char *key) {
  const char *at = strchr(key, ' ');
  size_t length = at ? (size_t)(at - key) : strlen(key);
  const need_result *named = NULL;
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    if (strlen(n->need->id) != length || strncmp(n->need->id, key, length) != 0) continue;
    if (at ? text_same(n->each, at + 1) : !n->each) return n;
    named = n;
  }
  const rule *of = &r->pack->rules[d->rule];
  bool declared = false;
  for (size_t i = 0; i < of->needs_count && !declared; i++)
    declared = strlen(of->needs[i].id) == length && !strncmp(of->needs[i].id, key, length);
  if (declared && !d->needs_count)
    differs(r, "need \"%s\" was not asked: nothing is needed where the rule is %s",
            "要求“%s”没有被问及：规则为 %s 时没有要求", key, outcome_name(d->outcome));
  else if (named && named->each)
    differs(r, "need \"%s\" is one of several: write which, such as \"%s %s\"",
            "要求“%s”有多项，请写明是哪一项，如“%s %s”", key, named->need->id, named->each);
  else
    differs(r, "there is no need \"%s\"", "没有要求“%s”", key);
  return NULL;
}

static bool is_table(const spot *expected, const char *what) {
  if (!spot_there(expected)) return false;
  if (json_is_object(expected->value)) return true;
  if (json_is_array(expected->value) && !json_array_size(expected->value)) return true; /* {} */
  return spot_fault(expected, "\"%s\" names needs: %s = { NEED = 3 }", "“%s”按要求给出：%s = { 要求 = 3 }", what, what);
}

static void compare_numbers(running *r, const decision *d, const spot *expected, const char *what, int which) {
  const char *key;
  json_t *unused;
  if (!is_table(expected, what)) return;
  json_object_foreach((json_t *)expected->value, key, unused) {
    spot one = spot_member(expected, key);
    fraction want;
    if (!spot_fraction(&one, &want)) continue;
    const need_result *found = need_expected(r, d, key);
    if (!found) continue;
    fraction is = which == 0 ? found->missing : which == 1 ? found->had : found->needed;
    if (!found->numbers && d->why == WHY_NEEDS && fraction_compare(want, FRACTION_ZERO))
      differs(r, "need \"%s\" is a condition, without numbers; unmet = { … } names it",
              "要求“%s”是条件，没有数量；用 unmet = { … } 列出", key);
    else if (fraction_compare(is, want))
      differs(r, "need \"%s\": %s %s expected, %s found", "要求“%s”：%s 应为 %s，实为 %s", key, what, shown(r, want),
              shown(r, is));
  }
}

/* unmet = { "face", "year 2020" }: these needs, and no others. */
static void compare_unmet(running *r, const decision *d, const spot *expected) {
  if (!spot_there(expected)) return;
  if (!json_is_array(expected->value)) {
    spot_fault(expected, "\"unmet\" is a list of needs: unmet = { \"NEED\" }",
               "“unmet”是要求的列表：unmet = { \"要求\" }");
    return;
  }
  bool *said_unmet = arena_array(r->memory, d->needs_count + 1, sizeof *said_unmet);
  for (size_t i = 0; i < spot_count(expected); i++) {
    spot one = spot_element(expected, i);
    const char *key = spot_text(&one, NULL);
    const need_result *n = key ? need_expected(r, d, key) : NULL;
    if (!n) continue;
    said_unmet[n - d->needs] = true;
    if (n->outcome != OUTCOME_UNMET)
      differs(r, "need \"%s\" should be unmet and is not", "要求“%s”应为未达到，实际不是", key);
  }
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    if (n->outcome != OUTCOME_UNMET || said_unmet[i]) continue;
    const char *key = n->each ? arena_format(r->memory, "%s %s", n->need->id, n->each) : n->need->id;
    differs(r, "need \"%s\" is unmet and not named in \"unmet\"", "要求“%s”未达到，而“unmet”没有列出", key);
  }
}

static void compare_gives(running *r, const decision *d, const spot *expected) {
  const rule *of = &r->pack->rules[d->rule];
  const char *key;
  json_t *unused;
  if (!is_table(expected, "gives")) return;
  json_object_foreach((json_t *)expected->value, key, unused) {
    spot one = spot_member(expected, key);
    fraction want;
    bool found = false;
    for (size_t i = 0; i < of->gives_count && spot_fraction(&one, &want); i++) {
      if (strcmp(of->gives[i].name, key)) continue;
      found = true;
      if (!d->gives)
        differs(r, "output \"%s\": %s expected, none found", "输出“%s”应为 %s，实际没有", key, shown(r, want));
      else if (fraction_compare(d->gives[i], want))
        differs(r, "output \"%s\": %s expected, %s found", "输出“%s”应为 %s，实为 %s", key, shown(r, want),
                shown(r, d->gives[i]));
    }
    if (!found) differs(r, "the rule gives nothing named \"%s\"", "规则没有名为“%s”的输出", key);
  }
}

static void compare_outcome(running *r, const spot *expected, outcome is) {
  static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
  int want = spot_word(expected, names, 4, -1);
  if (want >= 0 && want != (int)is)
    differs(r, "outcome %s expected, %s found", "结果应为 %s，实为 %s", names[want], names[is]);
}

/* left = { school = 16 }: how much a step took away from a need; review = 1: how many records wait for a person. */
static void compare_reasons(running *r, const spot *expect, int32_t rule_at, uint32_t subject) {
  spot left_spot = spot_member(expect, "left"), review = spot_member(expect, "review");
  explanation x;
  const char *key;
  json_t *unused;
  if (!spot_there(&left_spot) && !spot_there(&review)) return;
  if (!evaluation_explain(r->out->evaluation, rule_at, subject, r->memory, &x)) return;
  int64_t waiting = 0;
  for (size_t i = 0; i < x.unrecognised_count; i++) waiting += r->pack->recognitions[x.unrecognised[i].node].review;
  if (spot_there(&review) && waiting != spot_integer(&review, 0))
    differs(r, "%lld records to be reviewed expected, %lld found", "应有 %lld 条待复核，实有 %lld 条",
            (long long)spot_integer(&review, 0), (long long)waiting);
  if (!is_table(&left_spot, "left")) return;
  json_object_foreach((json_t *)left_spot.value, key, unused) {
    spot one = spot_member(&left_spot, key);
    fraction want, is = FRACTION_ZERO;
    if (!spot_fraction(&one, &want)) continue;
    const need_result *n = need_expected(r, &x.decision, key);
    if (!n) continue;
    size_t i = (size_t)(n - x.decision.needs);
    for (size_t k = 0; x.needs && k < x.needs[i].left_count; k++)
      if (x.needs[i].left[k].amount_known) (void)fraction_add(is, x.needs[i].left[k].amount, &is);
    if (fraction_compare(is, want))
      differs(r, "need \"%s\": %s left out expected, %s found", "要求“%s”：不计入的应为 %s，实为 %s", key,
              shown(r, want), shown(r, is));
  }
}

static void try_rule(running *r, const spot *expect, int32_t rule_at, uint32_t subject) {
  if (!evaluation_decide(r->out->evaluation, rule_at, subject, r->memory, &r->out->decision)) {
    r->out->broken = true;
    return;
  }
  const decision d = r->out->decision;
  r->out->decided = true;
  spot outcome_spot = spot_member(expect, "outcome"), missing = spot_member(expect, "short"),
       had = spot_member(expect, "had");
  spot needed = spot_member(expect, "needed"), gives = spot_member(expect, "gives"),
       unmet = spot_member(expect, "unmet");
  compare_outcome(r, &outcome_spot, d.outcome);
  compare_numbers(r, &d, &missing, "short", 0);
  compare_numbers(r, &d, &had, "had", 1);
  compare_numbers(r, &d, &needed, "needed", 2);
  compare_unmet(r, &d, &unmet);
  compare_gives(r, &d, &gives);
  compare_reasons(r, expect, rule_at, subject);
}

static void try_group(running *r, const spot *expect, int32_t group_at, uint32_t person) {
  group_result g;
  const view *v = evaluation_view(r->out->evaluation);
  if (!group_evaluate(r->out->evaluation, group_at, (figure_scope){0}, r->memory, &g, r->to->problems)) {
    r->out->broken = true;
    return;
  }
  spot outcome_spot = spot_member(expect, "outcome"), missing = spot_member(expect, "short"),
       gaps = spot_member(expect, "gaps");
  if (spot_there(&gaps) && (int64_t)g.gaps_count != spot_integer(&gaps, 0))
    differs(r, "%d gaps expected, %d found", "应有 %d 处间断，实有 %d 处", (int)spot_integer(&gaps, 0),
            (int)g.gaps_count);
  spot slips = spot_member(expect, "slips");
  if (spot_there(&slips) && (int64_t)g.slips_count != spot_integer(&slips, 0))
    differs(r, "%d records out of order expected, %d found", "应有 %d 条记录不合顺序，实有 %d 条",
            (int)spot_integer(&slips, 0), (int)g.slips_count);
  for (size_t i = 0; i < g.members_count; i++) {
    const group_member *m = &g.members[i];
    if (row_to(v, m->type, m->row, FACT_PERSON) != (int32_t)person &&
        !(m->type == FACT_ORGANIZATION && m->row == person))
      continue;
    compare_outcome(r, &outcome_spot, m->outcome);
    for (size_t k = 0; k < m->needs_count; k++) {
      spot one = spot_member(&missing, m->needs[k].limit->id);
      fraction want = FRACTION_ZERO, is = FRACTION_ZERO;
      if (m->needs[k].outcome == OUTCOME_UNMET)
        (void)fraction_subtract((fraction){m->needs[k].had + 1, 1}, m->needs[k].needed, &is);
      if (spot_there(&missing) && (!spot_there(&one) || spot_fraction(&one, &want)) && fraction_compare(want, is))
        differs(r, "limit \"%s\": short %s expected, %s found", "限额“%s”：应超出 %s，实超出 %s", m->needs[k].limit->id,
                shown(r, want), shown(r, is));
    }
    return;
  }
  if (g.cases_count) {
    compare_outcome(r, &outcome_spot, g.slips_count ? OUTCOME_UNMET : OUTCOME_MET);
    return;
  }
  if (spot_there(&outcome_spot) || spot_there(&missing)) differs(r, "the person is no candidate", "此人不在候选之列");
}

static int32_t named_row(const subjects *s, fact_type type, const char *code) {
  const fact_columns *t = &s->of[type];
  uint32_t word = subjects_word(s, code);
  for (uint32_t i = 0; word && i < t->count; i++)
    if (t->code[i] == word) return (int32_t)i;
  return -1;
}

static int32_t group_named(const pack *p, const char *id) {
  for (size_t i = 0; i < p->groups_count; i++)
    if (!strcmp(p->groups[i].id, id)) return (int32_t)i;
  return -1;
}

/* The subject that the case is about: the person named, or the placement of theirs. */
static int32_t subject_row(running *r, const spot *expect, fact_type of) {
  spot person_spot = spot_member(expect, "person");
  const subjects *s = r->out->subjects;
  int32_t person = named_row(s, FACT_PERSON, spot_text(&person_spot, "P"));
  if (of == FACT_PERSON) return person;
  if (of == FACT_ENROLLMENT) {
    const subject_index *index = &s->enrollments[FACT_PERSON];
    return person >= 0 && index->offset && index->offset[person] < index->offset[person + 1]
               ? (int32_t)index->rows[index->offset[person]]
               : -1;
  }
  return s->of[of].count ? 0 : -1;
}

/* What plugins offer, looked for only where a rule of the pack needs one. */
static const offers *natives_of(const pack *p, arena *a, faults *problems) {
  bool native = false;
  for (size_t i = 0; i < p->rules_count; i++) native = native || p->rules[i].way == RULE_NATIVE;
  if (!native) return NULL;
  offers *found = arena_take(a, sizeof *found);
  offers_find(a, found, problems);
  return found;
}

/* A case that names nothing of the pack: what it named, and the nearest there is. */
static void name_missing(const pack *p, const spot *expect, const spot *named) {
  const char *id = spot_text(named, NULL);
  if (!id) {
    spot_fault(expect, "expect names no rule or selection: rule = \"…\"", "expect 没有指明规则或遴选：rule = \"…\"");
    return;
  }
  arena *a = expect->to->memory;
  const char **names = arena_array(a, p->rules_count + p->groups_count + 1, sizeof *names);
  size_t count = 0;
  for (size_t i = 0; i < p->rules_count; i++) names[count++] = p->rules[i].id;
  for (size_t i = 0; i < p->groups_count; i++) names[count++] = p->groups[i].id;
  spot_fault(named, "no rule, selection, coverage or series is named \"%s\"", "没有名为“%s”的规则、遴选、覆盖或系列",
             id);
  const char *near = text_nearest(id, names, count);
  if (near) fault_next(expect->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
}

/* The pack with other values of some parameters, as a district that extends it would give them. */
static const pack *with_parameters(const pack *p, const spot *given, arena *a, faults *problems) {
  spot values = spot_member(given, "parameters");
  if (!json_is_object(values.value)) return p;
  json_t *image = json_kept(a, json_deep_copy(p->data)), *all = json_object_get(image, "declarations"), *one,
         *said_value;
  const char *name;
  size_t index;
  json_object_foreach((json_t *)values.value, name, said_value) {
    json_t *found = NULL;
    json_array_foreach(all, index, one) {
      json_t *declared = text_same(json_member_text(one, "@"), "parameters") ? json_object_get(one, name) : NULL;
      if (declared) found = declared;
    }
    if (!found) {
      spot at = spot_member(&values, name);
      const char *near = parameters_nearest(&p->parameters, a, name);
      spot_fault(&at, "no parameter is named \"%s\"", "没有名为“%s”的参数", name);
      if (near) fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
      return NULL;
    }
    for (size_t k = 2; k <= json_object_size(found); k++) json_object_del(found, arena_format(a, "%zu", k));
    json_object_set_new(found, "1",
                        json_pack("{s:s, s:s, s:O}", "from", "1900-01-01", "source", "case", "value", said_value));
  }
  return pack_compile(a, &p->text, image, problems);
}

/* What a case expects: words that say something of a rule or of a group, at least one that could turn out otherwise. */
static void expect_read(const spot *expect) {
  static const key_row of_rule[] = {{"rule", false},  {"person", false}, {"outcome", false}, {"unmet", false},
                                    {"short", false}, {"had", false},    {"needed", false},  {"gives", false},
                                    {"left", false},  {"review", false}};
  static const key_row of_group[] = {{"selection", false}, {"coverage", false}, {"series", false},
                                     {"sequence", false},  {"person", false},   {"outcome", false},
                                     {"short", false},     {"gaps", false},     {"slips", false}};
  bool of_one = json_object_get(expect->value, "rule") != NULL;
  const key_row *keys = of_one ? of_rule : of_group;
  size_t count = of_one ? sizeof of_rule / sizeof *of_rule : sizeof of_group / sizeof *of_group, said_count = 0;
  bool named = of_one;
  for (size_t i = 0; !of_one && i < 4; i++) named = named || json_object_get(expect->value, of_group[i].name);
  if (!named) return; /* said where the name is looked for */
  spot_keys(expect, keys, count, false, of_one ? "what is expected of a rule" : "what is expected of a group",
            of_one ? "对规则的预期" : "对遴选、覆盖、系列的预期");
  for (size_t i = of_one ? 2 : 5; i < count; i++) said_count += json_object_get(expect->value, keys[i].name) != NULL;
  if (said_count) return;
  spot_fault(expect, "this case expects nothing that could turn out otherwise", "案例没有写明可能落空的预期");
  fault_next(expect->to->problems,
             of_one ? "write outcome, unmet, short, had, needed or gives" : "write outcome, short, gaps or slips",
             of_one ? "请写 outcome、unmet、short、had、needed 或 gives" : "请写 outcome、short、gaps 或 slips");
}

bool case_run(const pack *whole, const json_t *declaration, arena *a, case_result *out, faults *problems) {
  static const key_row keys[] = {{"title", true}, {"given", true}, {"on", true}, {"expect", true}};
  declaring *to = arena_take(a, sizeof *to);
  *to = (declaring){.memory = a, .problems = problems, .text = &whole->text};
  size_t errors = problems->errors;
  spot root = spot_root(to, declaration);
  *out = (case_result){.where = spot_place(&root), .passed = true, .rule = -1, .group = -1};
  spot title = spot_member(&root, "title"), given = spot_member(&root, "given"), on_spot = spot_member(&root, "on"),
       expect = spot_member(&root, "expect");
  out->title = spot_text(&title, "");
  spot_keys(&root, keys, 4, false, "a case", "案例");
  expect_read(&expect);
  const pack *p = out->pack = with_parameters(whole, &given, a, problems);
  if (!p) return !(out->broken = true);
  spot rule_spot = spot_member(&expect, "rule"), group_spot = spot_member(&expect, "selection");
  if (!spot_there(&group_spot)) group_spot = spot_member(&expect, "coverage");
  if (!spot_there(&group_spot)) group_spot = spot_member(&expect, "series");
  if (!spot_there(&group_spot)) group_spot = spot_member(&expect, "sequence");
  int32_t group_at = spot_there(&group_spot) ? group_named(p, spot_text(&group_spot, "")) : -1;
  out->rule = spot_there(&rule_spot) ? pack_rule(p, spot_text(&rule_spot, "")) : -1;
  out->group = out->rule < 0 ? group_at : -1;
  if (out->rule < 0 && group_at < 0) name_missing(p, &expect, spot_there(&rule_spot) ? &rule_spot : &group_spot);
  day on = spot_day(&on_spot, DAY_NONE);
  case_facts facts = {0};
  fact_type of = out->rule >= 0 ? p->rules[out->rule].of : FACT_ENROLLMENT;
  case_given_read(p, &given, of, &facts);
  if (problems->errors != errors || on == DAY_NONE) return !(out->broken = true);
  out->subjects = subjects_of_facts(facts.items, facts.count, problems);
  if (!out->subjects) return !(out->broken = true);
  out->evaluation = evaluation_new(p, out->subjects, on, problems);
  out->worker = decide_worker_new(a, p, out->subjects, on, natives_of(p, a, problems));
  out->problems = problems;
  evaluation_elsewhere(out->evaluation, decide_worker_ask, out->worker);
  running r = {p, to, out, a};
  if (out->rule >= 0) {
    int32_t subject = subject_row(&r, &expect, of);
    if (subject < 0) {
      spot_fault(&given, "nothing is given that rule \"%s\" could be about", "given 中没有规则“%s”的对象",
                 p->rules[out->rule].id);
      out->broken = true;
    } else {
      out->subject = (uint32_t)subject;
      try_rule(&r, &expect, out->rule, out->subject);
    }
  } else {
    spot person_spot = spot_member(&expect, "person");
    int32_t person = named_row(out->subjects, FACT_PERSON, spot_text(&person_spot, "P"));
    if (person < 0) person = named_row(out->subjects, FACT_ORGANIZATION, spot_text(&person_spot, "P"));
    try_group(&r, &expect, group_at, (uint32_t)(person < 0 ? 0 : person));
  }
  if (problems->errors != errors) out->broken = true; /* also what is expected in words that cannot be */
  return !out->broken;
}

void case_done(case_result *r) {
  if (r->worker) decide_worker_free(r->worker, r->problems);
  r->worker = NULL;
  evaluation_free(r->evaluation);
  subjects_close(r->subjects);
  r->evaluation = NULL;
  r->subjects = NULL;
}
