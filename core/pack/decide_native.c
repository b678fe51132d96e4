/* The doors of a native rule: hongzhu_case of the SDK over pack/doors.h. */
#include "pack/decide_role.h"

#include "host/plugin.h"

#include <string.h>

typedef struct native_case {
  doors *doors;
  bool failed;
} native_case;

static const json_t *read_where(native_case *c, hongzhu_text where) {
  if (!where.at) return NULL;
  json_t *table = json_loadb(where.at, where.length, JSON_REJECT_DUPLICATES, NULL);
  if (!table) {
    fault_add(c->doors->problems, c->doors->run->rule->where, "native rule \"%s\" gives a where that is no JSON",
              "原生规则“%s”给出的 where 不是 JSON", c->doors->run->rule->id);
    c->failed = true;
  }
  return json_kept(c->doors->memory, table);
}

static const char *text_of(native_case *c, hongzhu_text text) {
  return text.at && text_is_utf8(text.at, text.length) ? arena_text_of(c->doors->memory, text.at, text.length) : NULL;
}

/* Handles are nodes plus one: 0 is none. */
static hongzhu_selection handle(native_case *c, int32_t node) {
  if (node < 0) c->failed = true;
  return c->failed ? 0 : (hongzhu_selection)node + 1;
}

static int32_t node_of(hongzhu_selection s) {
  return (int32_t)s - 1;
}

static bool number_of(native_case *c, hongzhu_number n, fraction *out) {
  if (n.below > 0 && fraction_make(n.above, n.below, out)) return true;
  fault_add(c->doors->problems, c->doors->run->rule->where,
            "native rule \"%s\" gives a number without a positive denominator", "原生规则“%s”给出的数字分母不为正",
            c->doors->run->rule->id);
  c->failed = true;
  return false;
}

static hongzhu_selection door_records(void *host, hongzhu_text where) {
  native_case *c = host;
  const json_t *table = read_where(c, where);
  return c->failed ? 0 : handle(c, doors_records(c->doors, table));
}

static hongzhu_selection door_recognised(void *host, const char *recognition_id, const char *as) {
  native_case *c = host;
  return c->failed ? 0 : handle(c, doors_recognised(c->doors, recognition_id ? recognition_id : "", as));
}

static hongzhu_selection door_where(void *host, hongzhu_selection of, hongzhu_text where) {
  native_case *c = host;
  const json_t *table = read_where(c, where);
  return c->failed ? 0 : handle(c, doors_where(c->doors, node_of(of), table));
}

static hongzhu_selection capped(native_case *c, hongzhu_selection of, hongzhu_number most, const char *span,
                                bool over) {
  fraction f;
  if (c->failed || !number_of(c, most, &f)) return 0;
  return handle(c, doors_cap(c->doors, node_of(of), f, span, over));
}

static hongzhu_selection door_cap(void *host, hongzhu_selection of, hongzhu_number most, const char *span) {
  return capped(host, of, most, span, false);
}

static hongzhu_selection door_over(void *host, hongzhu_selection of, hongzhu_number most, const char *span) {
  return capped(host, of, most, span, true);
}

static hongzhu_selection door_first(void *host, hongzhu_selection of, int64_t count, const char *span) {
  native_case *c = host;
  return c->failed ? 0 : handle(c, doors_first(c->doors, node_of(of), count, span));
}

static hongzhu_selection door_during(void *host, hongzhu_selection of, const char *first_day, const char *last_day) {
  native_case *c = host;
  day first, last;
  if (c->failed || !first_day || !last_day || !day_read(first_day, &first) || !day_read(last_day, &last))
    return handle(c, -1);
  return handle(c, doors_during(c->doors, node_of(of), first, last));
}

static hongzhu_selection door_both(void *host, hongzhu_selection a, hongzhu_selection b) {
  native_case *c = host;
  return c->failed ? 0 : handle(c, doors_union(c->doors, node_of(a), node_of(b)));
}

static int door_sum(void *host, hongzhu_selection of, hongzhu_number *out) {
  native_case *c = host;
  fraction f;
  if (c->failed || !doors_sum(c->doors, node_of(of), &f)) {
    c->failed = true;
    return HONGZHU_STOP;
  }
  *out = (hongzhu_number){f.above, f.below};
  return HONGZHU_OK;
}

static int door_count(void *host, hongzhu_selection of, int64_t *out) {
  native_case *c = host;
  if (c->failed || !doors_count(c->doors, node_of(of), out)) {
    c->failed = true;
    return HONGZHU_STOP;
  }
  return HONGZHU_OK;
}

static int door_parameter(void *host, const char *name, const char *word, hongzhu_number *out) {
  native_case *c = host;
  fraction f;
  if (c->failed || !name || !doors_parameter(c->doors, name, word, &f)) {
    c->failed = true;
    return HONGZHU_STOP;
  }
  *out = (hongzhu_number){f.above, f.below};
  return HONGZHU_OK;
}

static bool compare_named(native_case *c, const char *compare, comparison *out) {
  static const char *const texts[] = {">=", ">", "<=", "<", "="};
  for (int i = 0; compare && i < 5; i++)
    if (!strcmp(texts[i], compare)) {
      *out = (comparison)i;
      return true;
    }
  fault_add(c->doors->problems, c->doors->run->rule->where, "native rule \"%s\" compares by \"%s\"",
            "原生规则“%s”用“%s”比较", c->doors->run->rule->id,
            compare && text_is_utf8(compare, strlen(compare)) ? compare : "?");
  c->failed = true;
  return false;
}

static int door_need(void *host, const char *id, hongzhu_selection had, const char *compare, hongzhu_number needed) {
  native_case *c = host;
  comparison way;
  fraction f;
  if (c->failed || !id || !compare_named(c, compare, &way) || !number_of(c, needed, &f) ||
      !doors_need(c->doors, id, NULL, node_of(had), way, f)) {
    c->failed = true;
    return HONGZHU_STOP;
  }
  return HONGZHU_OK;
}

static int door_need_number(void *host, const char *id, hongzhu_number had, const char *compare,
                            hongzhu_number needed) {
  native_case *c = host;
  comparison way;
  fraction f, own;
  if (c->failed || !id || !compare_named(c, compare, &way) || !number_of(c, needed, &f) || !number_of(c, had, &own) ||
      !doors_need_number(c->doors, id, NULL, own, way, f)) {
    c->failed = true;
    return HONGZHU_STOP;
  }
  return HONGZHU_OK;
}

static int door_not_applicable(void *host, hongzhu_text zh, hongzhu_text en) {
  native_case *c = host;
  const char *words[] = {text_of(c, zh), text_of(c, en)};
  if (!words[0]) words[0] = words[1] ? words[1] : "不适用";
  if (!words[1]) words[1] = words[0];
  doors_not_applicable(c->doors, (said){{words[0], words[1]}});
  return HONGZHU_OK;
}

static int door_fail(void *host, hongzhu_text zh, hongzhu_text en) {
  native_case *c = host;
  const char *words[] = {text_of(c, zh), text_of(c, en)};
  fault_add(c->doors->problems, c->doors->run->rule->where, "native rule \"%s\": %s%.0s", "原生规则“%s”：%.0s%s",
            c->doors->run->rule->id, words[1] ? words[1] : "?", words[0] ? words[0] : "?");
  c->failed = true;
  return HONGZHU_FAILED;
}

bool decide_native_case(void *context, const rule *r, doors *d) {
  const plugin *p = context;
  const hongzhu_rule *native = plugin_rule(p, r->native, d->problems);
  if (!native) return false;
  native_case c = {d, false};
  const hongzhu_case table = {.size = sizeof table,
                              .host = &c,
                              .records = door_records,
                              .recognised = door_recognised,
                              .where = door_where,
                              .cap = door_cap,
                              .over = door_over,
                              .first = door_first,
                              .during = door_during,
                              .both = door_both,
                              .sum = door_sum,
                              .count = door_count,
                              .parameter = door_parameter,
                              .need = door_need,
                              .need_number = door_need_number,
                              .not_applicable = door_not_applicable,
                              .fail = door_fail};
  size_t said_before = d->problems->errors;
  int status = native->decide(native->context, &table);
  if (!c.failed && status == HONGZHU_OK) return !d->run->failed;
  bool again = d->run->failed && d->problems->errors == said_before;
  if (!again && d->problems->errors == said_before)
    fault_add(d->problems, r->where, "native rule \"%s\" gave up without saying why",
              "原生规则“%s”没有说明原因就放弃了", r->native);
  return false;
}
