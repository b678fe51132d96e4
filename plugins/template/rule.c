/* The plugin "example": a native rule, for what a pack cannot declare.
 *
 * What a rule does: look at one case through its doors and say what is needed and had. A pack uses it as
 *   rule { id = "…", of = "person", native = "example", needs = { { "enough", zh = "…", en = "…" } } }
 * It may be called more than once for a case, with uncertain records out and in, and must depend on nothing but the
 * doors. A door that fails returns 0 or HONGZHU_STOP: return HONGZHU_STOP then. include/hongzhu/plugin.h is the whole
 * manual. */
#include <hongzhu/plugin.h>

static int decide(void *context, const hongzhu_case *doors) {
  (void)context;
  hongzhu_number enough;
  if (doors->parameter(doors->host, "enough", NULL, &enough) != HONGZHU_OK) return HONGZHU_STOP;
  static const char where[] = "{\"kind\": \"training\"}";
  hongzhu_selection had = doors->records(doors->host, (hongzhu_text){where, sizeof where - 1});
  if (!had) return HONGZHU_STOP;
  return doors->need(doors->host, "enough", had, ">=", enough);
}

static const hongzhu_rule rule = {
    .size = sizeof rule,
    .name = "example",
    .title_zh = "够不够",
    .title_en = "is it enough",
    .decide = decide,
};

static const hongzhu_rule *const rules[] = {&rule};

static const hongzhu_plugin plugin = {
    .size = sizeof plugin,
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "example",
    .version = "0.1",
    .license = "unlicensed", /* say under which licence you give it to others */
    .title_zh = "规则",
    .title_en = "a native rule",
    .rules = rules,
    .rules_count = 1,
};

/* A plugin that needs a newer program returns NULL here. */
const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
