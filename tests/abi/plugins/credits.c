/* Native rules through the doors of the SDK, and one that crashes. */
#include <hongzhu/plugin.h>

static int cycle(void *context, const hongzhu_case *doors) {
  void *host = doors->host;
  hongzhu_number face_needed, online_needed, school_most;
  (void)context;
  if (doors->parameter(host, "face", NULL, &face_needed) || doors->parameter(host, "online", NULL, &online_needed) ||
      doors->parameter(host, "school_year", NULL, &school_most))
    return HONGZHU_STOP;
  hongzhu_selection face = doors->recognised(host, "credits", "face");
  hongzhu_selection online =
      doors->both(host, doors->recognised(host, "credits", "online"), doors->over(host, face, face_needed, NULL));
  hongzhu_selection school = doors->cap(host, doors->recognised(host, "credits", "school"), school_most, "year");
  if (!face || !online || !school) return HONGZHU_STOP;
  int stop = doors->need(host, "face", face, ">=", face_needed);
  if (!stop) stop = doors->need(host, "online", online, ">=", online_needed);
  if (!stop) stop = doors->need(host, "school", school, ">=", school_most);
  return stop;
}

static int crash(void *context, const hongzhu_case *doors) {
  volatile int *nowhere = context;
  (void)doors;
  return *nowhere;
}

static const hongzhu_rule cycle_rule = {.size = sizeof cycle_rule,
                                        .name = "credits_cycle",
                                        .title_zh = "周期学分",
                                        .title_en = "credits of a cycle",
                                        .decide = cycle};
static const hongzhu_rule crash_rule = {
    .size = sizeof crash_rule, .name = "credits_crash", .title_zh = "崩溃", .title_en = "crashes", .decide = crash};
static const hongzhu_rule *const rules[] = {&cycle_rule, &crash_rule};

static const hongzhu_plugin plugin = {.size = sizeof plugin,
                                      .abi_minor = HONGZHU_ABI_MINOR,
                                      .name = "credits",
                                      .version = "1",
                                      .license = "Apache-2.0",
                                      .title_zh = "学分规则",
                                      .title_en = "rules on credits",
                                      .rules = rules,
                                      .rules_count = 2};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
