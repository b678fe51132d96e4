#include "task/report_issue.h"

#include "task/evaluating.h"
#include "task/report_file.h"
#include "task/who.h"

#include <string.h>
#include <unistd.h>

static const char *const languages[LANGUAGES] = {[LANGUAGE_ZH] = "zh", [LANGUAGE_EN] = "en"};

static char *scope_json(arena *a, const report_order *order) {
  const report_request *r = &order->request;
  json_t *scope = json_object(), *options = json_object();
  json_object_set_new(scope, "of", json_string(fact_type_name(r->of)));
  if (r->code) json_object_set_new(scope, "code", json_string(r->code));
  json_object_set_new(scope, "language", json_string(languages[r->in]));
  json_object_set_new(scope, "exact", json_boolean(r->exact));
  json_object_set_new(scope, "detail", json_string(detail_names[r->detail]));
  for (size_t i = 0; i < order->options_count; i++)
    json_object_set_new(options, order->options[i].name, json_string(order->options[i].value));
  json_object_set_new(scope, "options", options);
  char *text = json_canonical(a, scope);
  json_decref(scope);
  return text;
}

bool report_issue(ledger *l, const report_order *order, digest image, int64_t known_after, int bytes, issued *out,
                  faults *problems) {
  arena *a = problems->memory;
  *out = (issued){.report = order->request.report,
                  .scope = scope_json(a, order),
                  .format = order->format,
                  .on = order->request.on,
                  .known_after = known_after,
                  .image = image,
                  .who = who_user(a),
                  .at = who_now(a)};
  return ledger_keep(l, bytes, &out->content, problems) && ledger_put_issued(l, out, problems);
}

bool report_issued(ledger *l, int64_t id, arena *a, issued *out, faults *problems) {
  issued *all;
  size_t errors = problems->errors, count = ledger_issued(l, a, &all, problems);
  for (size_t i = 0; i < count; i++)
    if (all[i].id == id) {
      *out = all[i];
      return true;
    }
  if (problems->errors > errors) return false;
  fault_add(problems, NOWHERE, "no report was issued under the number %lld", "没有编号为 %lld 的已发布报告",
            (long long)id);
  return fault_next(problems, "see those issued with: hongzhu report --list",
                    "用 hongzhu report --list 查看已发布的报告");
}

bool report_order_of(arena *a, const issued *row, report_order *out, faults *problems) {
  json_t *scope = json_kept(a, json_loads(row->scope ? row->scope : "", 0, NULL));
  const char *of = json_member_text(scope, "of"), *in = json_member_text(scope, "language");
  const char *wanted = json_member_text(scope, "detail");
  json_t *options = json_object_get(scope, "options"), *one;
  const char *name;
  bool texts = json_is_object(options);
  json_object_foreach(options, name, one) texts = texts && json_is_string(one);
  if (!of || !in || !wanted || !texts)
    return fault_add(problems, NOWHERE, "what issued report %lld was asked for is damaged",
                     "已发布报告 %lld 的请求内容已损坏", (long long)row->id);
  *out = (report_order){.format = row->format};
  out->request = (report_request){.report = row->report,
                                  .of = fact_type_named(of),
                                  .code = json_member_text(scope, "code"),
                                  .on = row->on,
                                  .in = text_same(in, "zh") ? LANGUAGE_ZH : LANGUAGE_EN,
                                  .exact = json_is_true(json_object_get(scope, "exact"))};
  for (int d = 0; d < DETAILS; d++)
    if (text_same(wanted, detail_names[d])) out->request.detail = (detail)d;
  out->options = arena_array(a, json_object_size(options) + 1, sizeof *out->options);
  json_object_foreach(options, name, one) out->options[out->options_count++] =
      (option_value){arena_text(a, name), arena_text(a, json_string_value(one))};
  return true;
}

static int compute(ledger *l, const issued *row, const offers *all, arena *a, faults *problems) {
  report_order order = {.format = NULL};
  evaluating e = {0};
  document d;
  if (!report_order_of(a, row, &order, problems)) return -1;
  const offer *writer = report_writer(all, order.format, NULL, problems);
  if (!writer) return -1;
  int bytes = -1;
  if (evaluating_open(a, l, (evaluating_state){row->on, row->known_after, &row->image, NULL, NULL}, &e, problems) &&
      report_make(l, e.pack, e.subjects, &order.request, a, &d, problems))
    bytes = report_bytes(writer, &d, order.options, order.options_count, problems);
  evaluating_close(&e, problems);
  return bytes;
}

bool report_again(ledger *l, const issued *row, const offers *all, arena *a, report_again_result *out,
                  faults *problems) {
  *out = (report_again_result){.bytes = compute(l, row, all, a, problems)};
  if (out->bytes < 0) return false;
  int kept = ledger_kept(l, row->content, problems);
  digest now;
  if (kept >= 0) out->difference = report_difference(kept, out->bytes, problems);
  if (kept >= 0) out->kept_changed = digest_of_file(kept, &now) && !digest_same(now, row->content);
  if (kept >= 0) close(kept);
  if (kept >= 0 && out->difference >= 0) return true;
  close(out->bytes);
  return false;
}
