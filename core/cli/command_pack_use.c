/* pack use: a pack comes into force in the ledger, with the organizations, programmes and relations it declares. */
#include "cli/open.h"
#include "cli/print.h"
#include "pack/pack.h"
#include "task/entries.h"
#include "task/report.h"
#include "task/who.h"

#include <string.h>

/* The organization that the pack declares itself for; an option takes its place. */
static const char *organization_of(const call *c, const pack *p) {
  const char *given = call_value(c, "--organization");
  if (given) return given;
  const json_t *declared = json_object_get(p->data, "organization");
  const char *code = json_member_text(declared, "code");
  return code ? code : json_member_text(declared, "name");
}

/* Puts image and binding; nothing where the newest binding of the organization says the same. */
static bool bind(call *c, ledger *l, pack *p, day from, bool *changed) {
  image_row image = {.pack = p->id,
                     .version = p->version,
                     .data = json_canonical(c->memory, p->data),
                     .text = pack_text_canonical(c->memory, &p->text)};
  if (!ledger_put_image(l, &image, c->problems)) return false;
  p->image = image.id;
  binding b = {.image = image.id,
               .organization = organization_of(c, p),
               .from = from,
               .who = who_user(c->memory),
               .at = who_now(c->memory)};
  binding *all;
  size_t errors = c->problems->errors, count = ledger_bindings(l, c->memory, &all, c->problems);
  if (c->problems->errors > errors) return false;
  const binding *newest = NULL;
  for (size_t i = 0; i < count; i++) {
    if (text_same(all[i].organization, b.organization)) newest = &all[i];
  }
  *changed = !newest || newest->from != from || !digest_same(newest->image, image.id);
  return !*changed || ledger_bind(l, &b, c->problems);
}

static void tell(call *c, const pack *p, day from, bool changed, const entries_outcome *entries) {
  char day_text[11], digits[DIGEST_TEXT];
  day_write(from, day_text);
  digest_text(p->image, digits);
  if (changed) {
    print_line(c, "pack \"%s\" %s rules from %s", "规则包“%s” %s 自 %s 起生效", p->id, p->version, day_text);
  } else {
    print_line(c, "pack \"%s\" %s rules from %s already; nothing has changed", "规则包“%s” %s 已自 %s 起生效，没有变化",
               p->id, p->version, day_text);
  }
  if (entries->opened + entries->changed + entries->withdrawn > 0) {
    print_line(c, "  organizations, programmes and relations: %lld new, %lld changed, %lld withdrawn",
               "  机构、项目和关系：新增 %lld，变更 %lld，撤销 %lld", (long long)entries->opened,
               (long long)entries->changed, (long long)entries->withdrawn);
  }
  json_t *answer = json_pack("{s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:I, s:I}", "pack", p->id, "version", p->version,
                             "from", day_text, "image", digits, "changed", changed, "opened",
                             (json_int_t)entries->opened, "replaced", (json_int_t)entries->changed, "withdrawn",
                             (json_int_t)entries->withdrawn, "same", (json_int_t)entries->same);
  print_json(c, answer);
  json_decref(answer);
}

typedef struct using {
  call *call;
  pack *pack;
  day from;
  bool changed;
  entries_outcome entries;
}
using;

static bool use_all(ledger *l, void *context, faults *problems) {
  using *u = context;
  call *c = u->call;
  return bind(c, l, u->pack, u->from, &u->changed) &&
         entries_bring(l, u->pack, c->memory, who_user(c->memory), who_now(c->memory), false, &u->entries, problems);
}

static int use(call *c) {
  day from;
  if (!call_day(c, "--from", &from)) return EXIT_USAGE;
  const char *folder = pack_folder_find(c->memory, c->arguments[0], c->problems);
  if (!folder) return call_exit(c);
  pack *p = pack_from_folder(c->memory, folder, c->problems);
  if (!p || !report_check(p, c->problems)) return call_exit(c);
  ledger *l = open_ledger(c, LEDGER_WRITE);
  if (!l) return EXIT_LEDGER;
  using u = {.call = c, .pack = p, .from = from};
  bool good = ledger_together(l, use_all, &u, c->problems);
  ledger_close(l);
  if (good) tell(c, p, from, u.changed, &u.entries);
  return call_exit(c);
}

static const option_row options[] = {
    {"--from", "DAY", {{"从哪一天起生效（默认今天）", "the day from which it rules (default today)"}}, false},
    {"--organization",
     "CODE",
     {{"适用的机构（默认规则包自己声明的）", "the organization it rules (default: the one it declares)"}},
     false},
};

const command command_pack_use = {
    .name = "pack use",
    .usage = "FOLDER|ID [--from DAY] [--organization CODE]",
    .help = {{"在台账中启用规则包", "let a pack rule in the ledger"}},
    .examples = {{"hongzhu pack use national --from 2025-01-01\nhongzhu pack use ./mydistrict --from 2025-01-01",
                  "hongzhu pack use national --from 2025-01-01\nhongzhu pack use ./mydistrict --from 2025-01-01"}},
    OPTIONS(options),
    .least = 1,
    .most = 1,
    .run = use,
};
