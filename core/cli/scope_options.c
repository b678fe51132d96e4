#include "cli/scope_options.h"

bool scope_options(call *c, report_request *out, int64_t *known_after) {
  static const struct {
    const char *option;
    fact_type of;
  } scopes[] = {{"--cohort", FACT_COHORT},
                {"--programme", FACT_PROGRAMME},
                {"--organization", FACT_ORGANIZATION},
                {"--person", FACT_PERSON}};
  size_t which;
  *out = (report_request){.in = c->in, .exact = call_has(c, "--exact")};
  for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
    const char *code = call_value(c, scopes[i].option);
    if (!code) continue;
    if (out->code) {
      fault_add(c->problems, NOWHERE, "two scopes are given: \"%s\" and \"%s\"", "给出了两个范围：“%s”和“%s”",
                out->code, code);
      return fault_next(c->problems, "give one", "请只给出一个");
    }
    out->code = code;
    out->of = scopes[i].of;
  }
  if (c->arguments_count > 1) {
    if (out->code) {
      fault_add(c->problems, NOWHERE, "two scopes are given: \"%s\" and \"%s\"", "给出了两个范围：“%s”和“%s”",
                c->arguments[1], out->code);
      return fault_next(c->problems, "give one", "请只给出一个");
    }
    out->code = c->arguments[1];
  }
  if (!call_day(c, "--on", &out->on) || !call_word(c, "--detail", detail_names, DETAILS, DETAIL_MASKED, &which) ||
      !call_whole(c, "--known-after", 0, INT64_MAX / 2, -1, known_after))
    return false;
  out->detail = (detail)which;
  out->pack = call_value(c, "--pack");
  return true;
}
