#include "pack/decide_role.h"

#include "host/plugin.h"
#include "pack/decision.h"
#include "pack/load.h"
#include "pack/script.h"

#include <string.h>

enum {
  DECIDE_BEGIN = SCRIPT_FRAME_OWN, /* the day, four bytes */
  DECIDE_ASK,                      /* rule, whether to explain, subjects: four bytes each; an answer for each subject */
  DECIDE_ANSWER,                   /* explanation_pack */
  DECIDE_REFUSED,                  /* the fault has been sent */
  DECIDE_IMAGE                     /* a piece of the image's JSON, for native rules */
};

enum { PIECE_MOST = 1 << 20, EXPECTED_MOST = 64 };

/* ---- the parent ---- */

typedef struct expected { /* answers on their way, in the order asked for */
  int32_t rule;
  uint32_t subjects[EXPECTED_MOST];
  size_t count, next;
} expected;

struct decide_worker {
  arena *memory;
  const pack *pack;
  const subjects *subjects;
  day on;
  const offers *natives;
  worker *lua;
  worker **native; /* by rule */
  expected lua_expected, *native_expected;
};

decide_worker *decide_worker_new(arena *a, const pack *p, const subjects *s, day on, const offers *natives) {
  decide_worker *w = arena_take(a, sizeof *w);
  *w = (decide_worker){.memory = a, .pack = p, .subjects = s, .on = on, .natives = natives};
  w->native = arena_array(a, p->rules_count + 1, sizeof *w->native);
  w->native_expected = arena_array(a, p->rules_count + 1, sizeof *w->native_expected);
  return w;
}

static bool begin(decide_worker *w, worker *one, faults *problems) {
  return worker_send(one, DECIDE_BEGIN, &w->on, sizeof w->on, problems);
}

static worker *start_lua(decide_worker *w, faults *problems) {
  const int descriptors[] = {subjects_descriptor(w->subjects)};
  script_order order = {.role = "decide",
                        .doing = {{"规则的 decide 函数", "a decide function of the rules"}},
                        .descriptors = descriptors,
                        .descriptors_count = 1};
  worker *one = script_start(&w->pack->text, &order, problems);
  if (one && !begin(w, one, problems)) {
    worker_finish(one, problems);
    return NULL;
  }
  return one;
}

static worker *start_native(decide_worker *w, const rule *r, faults *problems) {
  const offer *found = w->natives ? offers_named(w->natives, OFFER_RULE, r->native, problems) : NULL;
  if (!found) {
    if (!w->natives)
      fault_add(problems, r->where, "native rule \"%s\" needs a plugin, and none is loaded here",
                "原生规则“%s”需要插件，此处没有加载", r->native);
    return NULL;
  }
  const int descriptors[] = {subjects_descriptor(w->subjects)};
  const char *arguments[] = {found->file, NULL}, *libraries[] = {found->file, NULL};
  worker_order order = {.role = "native",
                        .arguments = arguments,
                        .libraries = libraries,
                        .descriptors = descriptors,
                        .descriptors_count = 1,
                        .doing = {{arena_format(w->memory, "原生规则“%s”", r->native),
                                   arena_format(w->memory, "native rule \"%s\"", r->native)}}};
  worker *one = worker_start(&order, problems);
  if (!one) return NULL;
  char *image = json_dumps(w->pack->data, JSON_COMPACT);
  size_t length = strlen(image);
  bool good = true;
  for (size_t sent = 0; good && sent < length; sent += PIECE_MOST)
    good =
        worker_send(one, DECIDE_IMAGE, image + sent, length - sent < PIECE_MOST ? length - sent : PIECE_MOST, problems);
  free(image);
  if (good && begin(w, one, problems)) return one;
  worker_finish(one, problems);
  return NULL;
}

static worker **worker_of(decide_worker *w, int32_t rule_at, expected **all, faults *problems) {
  const rule *r = &w->pack->rules[rule_at];
  bool lua = r->way == RULE_DECIDE;
  worker **one = lua ? &w->lua : &w->native[rule_at];
  *all = lua ? &w->lua_expected : &w->native_expected[rule_at];
  if (*one) return one;
  **all = (expected){0};
  *one = lua ? start_lua(w, problems) : start_native(w, r, problems);
  return *one ? one : NULL;
}

static bool ask(worker *one, int32_t rule_at, bool explain, const uint32_t *subjects_asked, size_t count,
                faults *problems) {
  int32_t words[2 + EXPECTED_MOST] = {rule_at, explain};
  for (size_t i = 0; i < count; i++) words[2 + i] = (int32_t)subjects_asked[i];
  return worker_send(one, DECIDE_ASK, words, (2 + count) * sizeof *words, problems);
}

/* Answers that nobody waits for any more. */
static void pass_over(worker *one, expected *all) {
  arena *a = arena_new();
  faults *unheard = faults_new(a);
  frame f;
  bool ended = false;
  for (; all->next < all->count && worker_receive(one, &f, &ended, unheard); all->next++) continue;
  all->count = all->next = 0;
  arena_free(a);
}

bool decide_worker_expect(decide_worker *w, int32_t rule_at, const uint32_t *subjects_asked, size_t count,
                          faults *problems) {
  expected *all;
  worker **one = worker_of(w, rule_at, &all, problems);
  if (!one) return false;
  pass_over(*one, all);
  if (count > EXPECTED_MOST) count = EXPECTED_MOST;
  all->rule = rule_at;
  memcpy(all->subjects, subjects_asked, count * sizeof *subjects_asked);
  if (!ask(*one, rule_at, false, subjects_asked, count, problems)) return false;
  all->count = count;
  return true;
}

bool decide_worker_ask(void *context, int32_t rule_at, uint32_t subject, bool explain, arena *a, explanation *out,
                       faults *problems) {
  decide_worker *w = context;
  const rule *r = &w->pack->rules[rule_at];
  expected *all;
  worker **one = worker_of(w, rule_at, &all, problems);
  if (!one) return false;
  frame f;
  bool ended = false,
       coming = !explain && all->next < all->count && all->rule == rule_at && all->subjects[all->next] == subject;
  if (!coming) pass_over(*one, all);
  bool good = coming || ask(*one, rule_at, explain, &subject, 1, problems);
  if (coming) all->next++;
  if (good && worker_receive(*one, &f, &ended, problems)) {
    decision kept = out->decision;
    if (f.type == DECIDE_ANSWER && explanation_unpack(w->pack, w->subjects, f.bytes, f.length, a, out)) return true;
    out->decision = kept;
    if (f.type == DECIDE_REFUSED) return false;
    fault_add(problems, r->where, "what rule \"%s\" answered cannot be read", "规则“%s”的回答无法读取", r->id);
  }
  worker_finish(*one, problems); /* says how it died, or what it refused */
  *one = NULL;
  return false;
}

bool decide_worker_free(decide_worker *w, faults *problems) {
  bool good = true;
  if (w->lua) good = worker_send_end(w->lua, problems) && worker_finish(w->lua, problems);
  for (size_t i = 0; i < w->pack->rules_count; i++)
    if (w->native[i]) good = worker_send_end(w->native[i], problems) && worker_finish(w->native[i], problems) && good;
  w->lua = NULL;
  memset(w->native, 0, w->pack->rules_count * sizeof *w->native);
  return good;
}

/* ---- the child ---- */

static void answer(worker_child *c, evaluation *e, int32_t rule_at, uint32_t subject, bool explain, arena *a,
                   faults *problems) {
  const pack *p = evaluation_pack(e);
  worker_child_status(c, p->rules[rule_at].id, subject);
  explanation x = {0};
  bool good =
      explain ? evaluation_explain(e, rule_at, subject, a, &x) : evaluation_decide(e, rule_at, subject, a, &x.decision);
  if (!good) {
    for (size_t i = 0; i < problems->count; i++) worker_child_fault(c, &problems->items[i]);
    worker_child_send(c, DECIDE_REFUSED, "!", 1);
    problems->count = problems->errors = 0; /* said: nothing is to be said twice */
  } else {
    buffer bytes = {0};
    explanation_pack(&x, p, &bytes);
    worker_child_send(c, DECIDE_ANSWER, bytes.at, bytes.length);
    buffer_free(&bytes);
  }
}

/* All that was asked for in one frame goes back together: the two processes take turns less often. */
static void answer_all(worker_child *c, evaluation *e, const frame *f, arena *a, faults *problems) {
  int32_t words[2 + EXPECTED_MOST];
  if (f->length < 3 * sizeof *words || f->length > sizeof words || f->length % sizeof *words != 0) return;
  memcpy(words, f->bytes, f->length);
  if (words[0] < 0 || (size_t)words[0] >= evaluation_pack(e)->rules_count) return;
  for (size_t i = 2; i < f->length / sizeof *words; i++) {
    answer(c, e, words[0], (uint32_t)words[i], words[1] != 0, a, problems);
    arena_reset(a);
  }
  worker_child_flush(c);
}

/* Maps the subject file and answers until the parent has no more questions. */
static void serve(worker_child *c, const pack *p, const frame *begun, doors_case *run_of_case, void *context,
                  faults *problems) {
  frame f = *begun;
  day on;
  if (f.type != DECIDE_BEGIN || f.length != sizeof on) return;
  memcpy(&on, f.bytes, sizeof on);
  subjects *s = subjects_map_facts(worker_child_descriptor(c, 0), 1, problems);
  if (!s) return;
  evaluation *e = evaluation_new(p, s, on, problems);
  evaluation_doors(e, run_of_case, context);
  arena *a = arena_new();
  while (worker_child_receive(c, &f)) {
    if (f.type == DECIDE_ASK) answer_all(c, e, &f, a, problems);
  }
  arena_free(a);
  evaluation_free(e);
  subjects_close(s);
}

static void decide_scripts(worker_child *c, loaded *l, arena *a, faults *problems) {
  json_t *image = load_image(l, problems);
  pack_text text = {.files = l->files, .order = l->order};
  const pack *p = image ? pack_compile(a, &text, image, problems) : NULL;
  frame f;
  if (p && worker_child_receive(c, &f)) serve(c, p, &f, decide_lua_case, l, problems);
  json_decref(image);
}

int role_decide(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  return script_run(c, decide_scripts);
}

int role_native(worker_child *c, int argc, char **argv) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  buffer bytes = {0};
  frame f = {0};
  plugin opened;
  bool good = argc > 0 && plugin_load(a, argv[0], &opened, problems) && worker_child_seal(c);
  while (good && worker_child_receive(c, &f) && f.type == DECIDE_IMAGE) buffer_bytes(&bytes, f.bytes, f.length);
  json_t *image = good ? json_kept(a, json_loadb(bytes.at ? bytes.at : "", bytes.length, 0, NULL)) : NULL;
  const pack *p = image ? pack_compile(a, NULL, image, problems) : NULL;
  if (p) serve(c, p, &f, decide_native_case, &opened, problems);
  for (size_t i = 0; i < problems->count; i++) worker_child_fault(c, &problems->items[i]);
  worker_child_end(c);
  buffer_free(&bytes);
  arena_free(a);
  return 0;
}
