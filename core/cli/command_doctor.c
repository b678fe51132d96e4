/* doctor: what is in order here, what is missing, and what to do about it. */
#include "cli/print.h"
#include "task/doctor.h"

static const option_row options[] = {
    {"--deep",
     NULL,
     {{"核对台账的全部内容，同 hongzhu verify --stored-only",
       "check all that the ledger holds, as hongzhu verify --stored-only does"}},
     false},
};

static const said state_words[FINDING_STATES] = {{{"正常", "ok"}}, {{"注意", "notice"}}, {{"问题", "problem"}}};
static const char *const state_names[FINDING_STATES] = {"ok", "notice", "problem"};

static void step(void *context, int64_t done, int64_t all) {
  print_progress(context, "checked", "已核对", (uint64_t)done, (uint64_t)all);
}

static int doctor(call *c) {
  static const table_column columns[] = {
      {{{"状态", "state"}}, false}, {{{"项目", "what"}}, false}, {{{"情况", "found"}}, false}};
  findings all = {.memory = c->memory};
  doctor_request request = {.ledger = c->ledger, .deep = call_has(c, "--deep"), .progress = step, .context = c};
  doctor_examine(&request, &all);
  print_progress_end(c);
  table *t = table_new(c, columns, 3);
  json_t *list = json_array();
  size_t count[FINDING_STATES] = {0};
  for (size_t i = 0; i < all.count; i++) {
    const finding *f = &all.items[i];
    bool advised = f->next.in[c->in] != NULL;
    count[f->state]++;
    table_row(c, t, (const char *const[]){state_words[f->state].in[c->in], f->what.in[c->in], f->found.in[c->in]});
    if (advised) table_row(c, t, (const char *const[]){"", "", arena_format(c->memory, "→ %s", f->next.in[c->in])});
    json_t *one = json_pack("{s:s, s:s}", "state", state_names[f->state], "id", f->id);
    json_object_set_new(one, "what", json_words(f->what));
    json_object_set_new(one, "found", json_words(f->found));
    if (advised) json_object_set_new(one, "next", json_words(f->next));
    json_array_append_new(list, one);
  }
  print_table(c, t);
  print_line(c, "%s", "%s", "");
  print_line(c, "problems: %zu, notices: %zu, ok: %zu", "问题 %zu 项，注意 %zu 项，正常 %zu 项", count[FINDING_PROBLEM],
             count[FINDING_NOTICE], count[FINDING_FINE]);
  json_t *value = json_pack("{s:I, s:o}", "problems", (json_int_t)all.problems, "findings", list);
  print_json(c, value);
  json_decref(value);
  return all.problems > 0 ? EXIT_NO : call_exit(c);
}

const command command_doctor = {
    .name = "doctor",
    .usage = "[--deep]",
    .help = {{"检查安装、系统提供的保护、台账及其文件，并说明该做什么",
              "look over the installation, what the system protects, the ledger and its files, with what to do"}},
    .examples = {{"hongzhu doctor           # 没有台账时也能用\nhongzhu doctor --deep    # 还核对台账的全部内容",
                  "hongzhu doctor           # works without a ledger too\nhongzhu doctor --deep    # and checks all "
                  "that the ledger holds"}},
    OPTIONS(options),
    .least = 0,
    .most = 0,
    .run = doctor,
};
