#include "pack/pack.h"

#include "pack/pack_rules.h"

#include <stdlib.h>
#include <string.h>

#define FIND(name, items, count)                                                                                       \
  int32_t name(const pack *p, const char *id) {                                                                        \
    for (size_t i = 0; i < p->count; i++)                                                                              \
      if (!strcmp(p->items[i].id, id)) return (int32_t)i;                                                              \
    return -1;                                                                                                         \
  }
FIND(pack_rule, rules, rules_count)
FIND(pack_recognition, recognitions, recognitions_count)
FIND(pack_period, periods, periods_count)
FIND(pack_figure, figures, figures_count)

const char *pack_unit(const pack *p, const char *unit, language in) {
  for (size_t i = 0; unit && i < p->units_count; i++)
    if (!strcmp(p->units[i].unit, unit) && p->units[i].shown.in[in]) return p->units[i].shown.in[in];
  return unit;
}

const char *pack_unit_of(const pack *p, const char *unit, fraction number, language in) {
  bool one = in == LANGUAGE_EN && !fraction_compare(number, (fraction){1, 1});
  for (size_t i = 0; unit && one && i < p->units_count; i++)
    if (!strcmp(p->units[i].unit, unit) && p->units[i].one) return p->units[i].one;
  return pack_unit(p, unit, in);
}

static void compile_units(pack *p, const spot *declaration) {
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)declaration->value, key, unused) {
    if (!strcmp(key, "@") || !strcmp(key, "at")) continue;
    spot one = spot_member(declaration, key), zh = spot_member(&one, "zh"), en = spot_member(&one, "en"),
         single = spot_member(&one, "one");
    *ARENA_PUSH(p->memory, p->units, p->units_count, p->units_capacity) = (pack_unit_row){
        arena_text(p->memory, key), {{spot_text(&zh, NULL), spot_text(&en, NULL)}}, spot_text(&single, NULL)};
  }
}

const report_declaration *pack_report(const pack *p, const char *id) {
  for (size_t i = 0; i < p->reports_count; i++)
    if (!strcmp(p->reports[i].id, id)) return &p->reports[i];
  return NULL;
}

static bool is(const json_t *declaration, const char *tag) {
  return text_same(json_member_text(declaration, "@"), tag);
}

/* Which pack a declaration stands in: what comes before the first slash of its place. */
static size_t pack_of_place(const json_t *declaration) {
  const char *at = json_member_text(declaration, "at");
  return at ? strcspn(at, "/") : 0;
}

static bool same_pack(const json_t *a, const json_t *b) {
  size_t length = pack_of_place(a);
  const char *x = json_member_text(a, "at"), *y = json_member_text(b, "at");
  return x && y && length == pack_of_place(b) && !strncmp(x, y, length);
}

/* The declarations of one word, the later one of an id in place of the earlier: a county's rule replaces the
 * province's. */
typedef struct declared_list {
  const json_t **items;
  const char **ids;
  size_t count;
} declared_list;

static declared_list declared(declaring *to, const json_t *all, const char *tag) {
  size_t size = json_array_size(all);
  declared_list out = {arena_array(to->memory, size + 1, sizeof *out.items),
                       arena_array(to->memory, size + 1, sizeof *out.ids), 0};
  size_t index;
  json_t *one;
  json_array_foreach((json_t *)all, index, one) {
    if (!is(one, tag)) continue;
    spot root = spot_root(to, one), id_spot = spot_member(&root, "id");
    const char *id = spot_text(&id_spot, "");
    size_t at = 0;
    while (at < out.count && strcmp(out.ids[at], id)) at++;
    if (at < out.count && same_pack(out.items[at], one))
      spot_fault(&root, "%s \"%s\" is declared twice", "%s “%s”被声明了两次", tag, id);
    out.items[at] = one;
    out.ids[at] = arena_text(to->memory, id);
    if (at == out.count) out.count++;
  }
  return out;
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void collect_attributes(arena *a, pack *p) {
  size_t most = 1;
  for (size_t i = 0; i < p->kinds.count; i++) most += p->kinds.items[i].attributes_count;
  p->attributes = arena_array(a, most, sizeof *p->attributes);
  size_t count = 0;
  for (size_t i = 0; i < p->kinds.count; i++)
    for (size_t k = 0; k < p->kinds.items[i].attributes_count; k++)
      p->attributes[count++] = p->kinds.items[i].attributes[k].name;
  qsort(p->attributes, count, sizeof *p->attributes, by_text);
  for (size_t i = 0; i < count; i++)
    if (!i || strcmp(p->attributes[i], p->attributes[p->attributes_count - 1]))
      p->attributes[p->attributes_count++] = p->attributes[i];
}

/* ---- figures: several in one declaration, overridden one by one ---- */

typedef struct figure_spot {
  const json_t *declaration;
  const char *id;
} figure_spot;

static figure_spot *figures_declared(declaring *to, const json_t *all, size_t *count) {
  size_t capacity = 0, index;
  figure_spot *out = NULL;
  json_t *one, *unused;
  const char *key;
  *count = 0;
  json_array_foreach((json_t *)all, index, one) {
    if (!is(one, "figures")) continue;
    json_object_foreach(one, key, unused) {
      if (!strcmp(key, "@") || !strcmp(key, "at")) continue;
      size_t at = 0;
      while (at < *count && strcmp(out[at].id, key)) at++;
      if (at == *count) (void)ARENA_PUSH(to->memory, out, *count, capacity);
      out[at] = (figure_spot){one, arena_text(to->memory, key)};
    }
  }
  return out;
}

static void compile_figures(reading_pack *rp, const json_t *all) {
  declaring *to = rp->making->to;
  pack *p = rp->pack;
  size_t count;
  figure_spot *spots = figures_declared(to, all, &count);
  p->figures = arena_array(to->memory, count + 1, sizeof *p->figures);
  p->figures_count = count;
  for (size_t i = 0; i < count; i++) {
    /* ids and units first: shares and sums name other figures */
    spot root = spot_root(to, spots[i].declaration), one = spot_member(&root, spots[i].id),
         unit = spot_member(&one, "unit");
    p->figures[i] = (figure){.id = spots[i].id, .unit = spot_text(&unit, NULL)};
  }
  for (size_t i = 0; i < count; i++) {
    spot root = spot_root(to, spots[i].declaration), one = spot_member(&root, spots[i].id);
    figure_compile(rp, &one, &p->figures[i]);
  }
}

/* A figure that is a share or a sum of itself, by whatever way. */
static bool figure_circles(const pack *p, int32_t f, int depth) {
  const figure *one = &p->figures[f];
  if (depth > (int)p->figures_count) return true;
  if (one->measure == MEASURE_SHARE)
    return (one->part >= 0 && figure_circles(p, one->part, depth + 1)) ||
           (one->whole >= 0 && figure_circles(p, one->whole, depth + 1));
  for (size_t i = 0; i < one->plus_count; i++)
    if (figure_circles(p, one->plus[i], depth + 1)) return true;
  return false;
}

/* ---- circles among rules ---- */

static bool visit(const pack *p, size_t rule_at, uint8_t *state, const char **way, size_t depth, declaring *to) {
  if (state[rule_at] == 2) return true;
  way[depth] = p->rules[rule_at].id;
  if (state[rule_at] == 1) {
    buffer round = {0};
    size_t from = depth;
    while (from > 0 && strcmp(way[from - 1], p->rules[rule_at].id)) from--;
    for (size_t i = from ? from - 1 : 0; i <= depth; i++)
      buffer_format(&round, "%s%s", i > (from ? from - 1 : 0) ? " -> " : "", way[i]);
    fault_add(to->problems, p->rules[rule_at].where, "rules go round in a circle: %s", "规则之间循环依赖：%s",
              round.at);
    fault_next(to->problems,
               "let one of them read records instead of the other's outcome, or previous(…) of an earlier period",
               "请让其中一条直接读取记录，或用 previous(…) 读取上一周期的结果");
    buffer_free(&round);
    state[rule_at] = 2;
    return false;
  }
  state[rule_at] = 1;
  bool good = true;
  for (size_t k = 0; k < p->rules_count; k++)
    if (p->rules[rule_at].uses[k]) good = visit(p, k, state, way, depth + 1, to) && good;
  for (size_t g = 0; g < p->recognitions_count; g++) { /* a recognition that asks an outcome */
    bool read = false;
    for (size_t n = 0; n < p->rules[rule_at].program.count; n++) {
      const expr_node *node = &p->rules[rule_at].program.nodes[n];
      read = read || (node->op == OP_RECOGNISED && node->index == (int32_t)g);
    }
    for (size_t n = 0; read && n < p->recognitions[g].program.count; n++) {
      const expr_node *node = &p->recognitions[g].program.nodes[n];
      if ((node->op == OP_OUTCOME || node->op == OP_OUTCOMES) && node->index >= 0)
        good = visit(p, (size_t)node->index, state, way, depth + 1, to) && good;
    }
  }
  state[rule_at] = 2;
  return good;
}

static void check_circles(const pack *p, declaring *to) {
  uint8_t *state = arena_array(to->memory, p->rules_count + 1, 1);
  const char **way = arena_array(to->memory, p->rules_count + 2, sizeof *way);
  for (size_t i = 0; i < p->rules_count; i++) visit(p, i, state, way, 0, to);
  for (size_t i = 0; i < p->figures_count; i++)
    if (figure_circles(p, (int32_t)i, 0))
      fault_add(to->problems, p->figures[i].where_declared, "figure \"%s\" is computed from itself",
                "指标“%s”由其自身计算得出", p->figures[i].id);
}

/* ---- the whole ---- */

static void compile_reports(pack *p, declaring *to, const json_t *all) {
  static const key_row keys[] = {{"id", true},      {"of", true},     {"title", true}, {"subtitle", false},
                                 {"blocks", false}, {"style", false}, {"body", false}};
  static const char *const styles[] = {"published", "exact"};
  declared_list list = declared(to, all, "report");
  p->reports = arena_array(to->memory, list.count + 1, sizeof *p->reports);
  p->reports_count = list.count;
  for (size_t i = 0; i < list.count; i++) {
    spot root = spot_root(to, list.items[i]), of = spot_member(&root, "of"), title = spot_member(&root, "title");
    spot body = spot_member(&root, "body"), blocks = spot_member(&root, "blocks"), style = spot_member(&root, "style");
    spot_keys(&root, keys, sizeof keys / sizeof *keys, false, "a report", "报告");
    p->reports[i] = (report_declaration){.id = list.ids[i], .declaration = list.items[i], .where = spot_place(&root)};
    p->reports[i].title = spot_said(&title, true);
    p->reports[i].of = read_subject_type(&of, FACT_NONE);
    p->reports[i].has_body = spot_there(&body);
    p->reports[i].exact = spot_word(&style, styles, 2, 0) == 1;
    if (!spot_there(&body) && !spot_count(&blocks))
      spot_fault(&root, "report \"%s\" has neither blocks nor a body", "报告“%s”既没有 blocks，也没有 body",
                 list.ids[i]);
  }
}

enum { GROUP_FORMS = 4 };

typedef struct declared_groups {
  declared_list of[GROUP_FORMS];
  size_t count;
} declared_groups;

static declared_groups find_groups(declaring *to, const json_t *all) {
  static const char *const tags[GROUP_FORMS] = {"selection", "coverage", "series", "sequence"};
  declared_groups found = {.count = 0};
  for (int t = 0; t < GROUP_FORMS; t++) {
    found.of[t] = declared(to, all, tags[t]);
    found.count += found.of[t].count;
  }
  return found;
}

/* Rules under the ids of groups, behind the others: rules, figures and groups read their outcomes. */
static void name_group_rules(pack *p, declaring *to, const declared_groups *groups) {
  int32_t at = 0;
  for (int t = 0; t < GROUP_FORMS; t++)
    for (size_t i = 0; i < groups->of[t].count; i++, at++) {
      spot root = spot_root(to, groups->of[t].items[i]), of = spot_member(&root, "of");
      const char *id = groups->of[t].ids[i];
      if (pack_rule(p, id) >= 0)
        spot_fault(&root, "\"%s\" is the id of a rule too: outcomes are asked by id",
                   "“%s”同时是一条规则的 id：结果按 id 查询", id);
      p->rules[p->rules_count++] =
          (rule){.id = id,
                 .way = RULE_GROUP,
                 .group = at,
                 .period = -1,
                 .applies = -1,
                 .exempt = -1,
                 .of = t == GROUP_SELECTION ? FACT_ENROLLMENT : read_subject_type(&of, FACT_PROGRAMME)};
    }
}

static rule *rule_of_group(pack *p, int32_t group) {
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[i].way == RULE_GROUP && p->rules[i].group == group) return &p->rules[i];
  return NULL;
}

static void compile_groups(reading_pack *rp, const declared_groups *groups) {
  pack *p = rp->pack;
  p->groups = arena_array(p->memory, groups->count + 1, sizeof *p->groups);
  for (int t = 0; t < GROUP_FORMS; t++)
    for (size_t i = 0; i < groups->of[t].count; i++) {
      declared_group *g = &p->groups[p->groups_count];
      *g = (declared_group){.id = groups->of[t].ids[i]};
      spot root = spot_root(rp->making->to, groups->of[t].items[i]);
      group_compile(rp, &root, (group_form)t, g);
      group_rule(rp, g, rule_of_group(p, (int32_t)p->groups_count));
      p->groups_count++;
    }
}

static void compile_registers(reading_pack *rp, const json_t *all) {
  pack *p = rp->pack;
  declared_list list = declared(rp->making->to, all, "register");
  p->registers = arena_array(p->memory, list.count + 1, sizeof *p->registers);
  for (size_t i = 0; i < list.count; i++) {
    spot root = spot_root(rp->making->to, list.items[i]);
    declared_register *one = &p->registers[p->registers_count++];
    *one = (declared_register){.id = list.ids[i]};
    register_compile(rp, &root, one);
  }
}

static void check_words(declaring *to, const json_t *all) {
  static const char *const known[] = {
      "pack",     "kinds",       "scales", "ladder",  "organizations", "programmes", "relations", "parameters",
      "period",   "recognition", "rule",   "figures", "report",        "selection",  "coverage",  "series",
      "register", "adapter",     "case",   "units",   "leaves_open",   "sequence"};
  size_t index;
  json_t *one;
  json_array_foreach((json_t *)all, index, one) {
    const char *tag = json_member_text(one, "@");
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) found = found || text_same(known[i], tag);
    if (found) continue;
    spot root = spot_root(to, one);
    spot_fault(&root, "\"%s\" is no declaration", "“%s”不是声明", tag ? tag : "?");
    const char *near = tag ? text_nearest(tag, known, sizeof known / sizeof *known) : NULL;
    if (near) fault_next(to->problems, "did you mean %s { … }?", "是否应为 %s { … }？", near);
  }
}

/* What an inherited file says was right before a kind was replaced: the first fault names who replaced it, as that can
 * be mended. */
static void name_replaced_kinds(const pack *p, faults *problems, size_t before) {
  size_t own = p->id ? strlen(p->id) : 0;
  const fault *inherited = NULL;
  for (size_t i = before; own && !inherited && i < problems->count; i++) {
    const fault *one = &problems->items[i];
    bool others = one->where.file && (strncmp(one->where.file, p->id, own) != 0 || one->where.file[own] != '/');
    if (others && !one->warning) inherited = one;
  }
  for (size_t i = 0; inherited && !problems->dropped && i < p->kinds.count; i++) {
    const declared_kind *kind = &p->kinds.items[i];
    if (!kind->lost.file) continue;
    fault_add(
        problems, kind->where,
        "the kind \"%s\" takes the place of the one at %s:%d as a whole, and inherited files need what it no longer "
        "says",
        "类别“%s”整体取代了 %s:%d 处的同名类别，而继承的文件用到了其中不再声明的内容", kind->name, kind->lost.file,
        kind->lost.line);
    fault_next(problems, "repeat its unit, attributes and words here, or give the kind another name",
               "请在此重复其单位、属性和词，或给这个类别另取名称");
    if (problems->dropped) return;
    fault last = problems->items[problems->count - 1];
    memmove(&problems->items[before + 1], &problems->items[before],
            (problems->count - 1 - before) * sizeof *problems->items);
    problems->items[before++] = last;
  }
}

pack *pack_compile(arena *a, const pack_text *text, const json_t *image, faults *problems) {
  size_t errors_before = problems->errors, found_before = problems->count;
  pack *p = arena_take(a, sizeof *p);
  *p = (pack){.memory = a, .data = image, .book = {.memory = a}};
  if (text) p->text = *text;
  declaring *to = arena_take(a, sizeof *to);
  *to = (declaring){.memory = a, .problems = problems, .text = text};
  const json_t *all = json_object_get(image, "declarations");
  p->id = json_member_text(image, "id");
  p->version = json_member_text(image, "version");
  const json_t *title = json_object_get(image, "title");
  p->title = (said){{json_member_text(title, "zh"), json_member_text(title, "en")}};
  check_words(to, all);
  kinds_compile(to, all, &p->kinds);
  collect_attributes(a, p);
  making *m = arena_take(a, sizeof *m);
  *m = (making){to, &p->kinds, &p->parameters, &p->book, p->attributes, p->attributes_count};
  reading_pack rp = {m, p};
  size_t index;
  json_t *one;
  json_array_foreach((json_t *)all, index, one) {
    spot root = spot_root(to, one);
    if (is(one, "parameters")) parameters_add(&p->parameters, &root);
    if (is(one, "units")) compile_units(p, &root);
  }
  parameters_check(&p->parameters, &p->kinds, to);
  declared_list periods = declared(to, all, "period"), recognitions = declared(to, all, "recognition"),
                rules = declared(to, all, "rule");
  p->periods = arena_array(a, periods.count + 1, sizeof *p->periods);
  p->periods_count = periods.count;
  for (size_t i = 0; i < periods.count; i++) {
    spot root = spot_root(to, periods.items[i]);
    period_compile(m, &root, &p->periods[i]);
  }
  /* ids first: expressions name each other's rules and recognitions in any order */
  declared_groups groups = find_groups(to, all);
  p->rules = arena_array(a, rules.count + groups.count + 1, sizeof *p->rules);
  p->rules_count = rules.count;
  for (size_t i = 0; i < rules.count; i++) {
    spot root = spot_root(to, rules.items[i]), of = spot_member(&root, "of");
    p->rules[i] = (rule){.id = rules.ids[i]};
    const char *of_text = json_string_value(of.value);
    p->rules[i].of = of_text ? fact_type_named(of_text) : FACT_PERSON;
  }
  name_group_rules(p, to, &groups);
  for (size_t i = 0; i < p->rules_count; i++) p->rules[i].uses = arena_array(a, p->rules_count + 1, 1);
  p->recognitions = arena_array(a, recognitions.count + 1, sizeof *p->recognitions);
  p->recognitions_count = recognitions.count;
  for (size_t i = 0; i < recognitions.count; i++) {
    spot root = spot_root(to, recognitions.items[i]);
    p->recognitions[i] = (recognition){.id = recognitions.ids[i]};
    recognition_compile(&rp, &root, &p->recognitions[i]);
  }
  for (size_t i = 0; i < rules.count; i++) {
    spot root = spot_root(to, rules.items[i]);
    rule_compile(&rp, &root, &p->rules[i]);
  }
  compile_groups(&rp, &groups);
  compile_registers(&rp, all);
  compile_figures(&rp, all);
  compile_reports(p, to, all);
  adapters_compile(to, all, &p->kinds, &p->adapters, &p->adapters_count);
  check_circles(p, to);
  p->cases = arena_array(a, json_array_size(all) + 1, sizeof *p->cases);
  /* a county may tighten what the province's cases say: a pack is tried by its own */
  size_t own = p->id ? strlen(p->id) : 0;
  json_array_foreach((json_t *)all, index, one) {
    const char *at = json_member_text(one, "at");
    bool mine = at && own > 0 && pack_of_place(one) == own && !strncmp(at, p->id, own);
    if (is(one, "case") && mine) p->cases[p->cases_count++] = one;
  }
  if (problems->errors > errors_before) name_replaced_kinds(p, problems, found_before);
  return problems->errors == errors_before ? p : NULL;
}

pack *pack_from_folder(arena *a, const char *folder, faults *problems) {
  pack_text *text = arena_take(a, sizeof *text);
  if (!pack_text_read(a, folder, text, problems)) return NULL;
  json_kept(a, text->files);
  json_kept(a, text->order);
  json_t *image = json_kept(a, image_make(a, text, problems));
  if (!image) return NULL;
  pack *p = pack_compile(a, text, image, problems);
  return p;
}

pack *pack_of_image(arena *a, ledger *l, digest image, faults *problems) {
  image_row row;
  if (!ledger_image(l, image, a, &row, problems)) return NULL;
  json_error_t error;
  json_t *data = json_kept(a, json_loads(row.data, 0, &error));
  pack_text *text = arena_take(a, sizeof *text);
  if (!data || !pack_text_from(a, row.text, text, problems)) {
    if (!data)
      fault_add(problems, NOWHERE, "the image of pack \"%s\" in the ledger is damaged", "台账中规则包“%s”的映像已损坏",
                row.pack);
    return NULL;
  }
  json_kept(a, text->files);
  json_kept(a, text->order);
  pack *p = pack_compile(a, text, data, problems);
  if (p) p->image = image;
  return p;
}

pack *pack_ruling(arena *a, ledger *l, day on, faults *problems) {
  image_row row;
  if (!ledger_ruling(l, on, a, &row, problems)) return NULL;
  return pack_of_image(a, l, row.id, problems);
}
