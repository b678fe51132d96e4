#include "pack/population.h"

#include "pack/batch.h"
#include "pack/decide_role.h"
#include "pack/decision.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RANGE = 512, BEHIND = 16 /* ranges */, WORKERS_MOST = 64 };

typedef enum slot_state { SLOT_FREE, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct slot { /* one range: being decided, or decided and not yet taken */
  slot_state state;
  arena *memory;
  uint32_t *subjects;
  uint32_t count;
  population_answer **answers;
  faults *problems; /* NULL until it failed */
} slot;

typedef struct work {
  const population_request *request;
  uint64_t count; /* subjects */
  uint64_t ranges, next, taken;
  slot *slots;
  size_t slots_count;
  bool stop;
  pthread_mutex_t lock;
  pthread_cond_t changed;
} work;

typedef struct hand { /* what one thread decides with: an evaluation for each pack and day */
  arena *memory;
  faults *problems;
  const population_request *request;
  evaluation **evaluations; /* by question; questions of one pack and day share one */
  batch_ground *ground;
  batch **batches;
  decide_worker **workers;
  arena *scratch;
  buffer bytes;
} hand;

static slot *slot_of(const work *w, uint64_t range) {
  return &w->slots[w->slots_count > 1 ? range % w->slots_count : 0];
}

/* ---- one thread ---- */

static size_t first_alike(const population_request *q, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (q->questions[i].pack == q->questions[at].pack && q->questions[i].on == q->questions[at].on) return i;
  return at;
}

static void hand_open(hand *h, const population_request *request) {
  *h = (hand){.memory = arena_new(), .scratch = arena_new(), .request = request};
  h->problems = faults_new(h->memory);
  h->evaluations = arena_array(h->memory, request->questions_count + 1, sizeof(evaluation *));
  h->batches = arena_array(h->memory, request->questions_count + 1, sizeof(batch *));
  h->workers = arena_array(h->memory, request->questions_count + 1, sizeof(decide_worker *));
  for (size_t i = 0; i < request->questions_count; i++) {
    const population_question *q = &request->questions[i];
    size_t alike = first_alike(request, i);
    h->evaluations[i] = h->evaluations[alike];
    h->workers[i] = h->workers[alike];
    if (alike < i) continue;
    h->evaluations[i] = evaluation_new(q->pack, request->subjects, q->on, h->problems);
    h->workers[i] = decide_worker_new(h->memory, q->pack, request->subjects, q->on, request->natives);
    evaluation_elsewhere(h->evaluations[i], decide_worker_ask, h->workers[i]);
  }
  h->ground = batch_ground_new(h->evaluations, request->questions_count);
  for (size_t i = 0; i < request->questions_count; i++) {
    size_t alike = first_alike(request, i);
    h->batches[i] = alike < i ? h->batches[alike] : batch_new(h->ground, h->evaluations[i]);
  }
}

static bool hand_close(hand *h, faults *problems) {
  bool good = true;
  for (size_t i = 0; i < h->request->questions_count; i++) {
    if (first_alike(h->request, i) < i) continue;
    good = decide_worker_free(h->workers[i], problems) && good;
    batch_free(h->batches[i]);
    evaluation_free(h->evaluations[i]);
  }
  batch_ground_free(h->ground);
  buffer_free(&h->bytes);
  arena_free(h->scratch);
  arena_free(h->memory);
  return good;
}

static const need *need_named(const rule *r, const need *found) {
  if (found >= r->needs && found < r->needs + r->needs_count) return found;
  for (size_t i = 0; i < r->needs_count; i++)
    if (!strcmp(r->needs[i].id, found->id)) return &r->needs[i];
  return NULL;
}

static void keep_packed(hand *h, size_t alike, arena *a, population_answer *out) {
  out->packed_alike = (uint32_t)alike;
  out->packed = arena_copy(a, h->bytes.at, h->bytes.length);
  out->packed_size = (uint32_t)h->bytes.length;
  h->bytes.length = 0;
}

static void answer_of(hand *h, const decision *d, const rule *r, arena *a, population_answer *out) {
  population_need *needs = arena_array(a, d->needs_count + 1, sizeof *needs);
  for (size_t i = 0; i < d->needs_count; i++)
    needs[i] = (population_need){need_named(r, d->needs[i].need), arena_text(a, d->needs[i].each), d->needs[i].outcome};
  *out = (population_answer){
      .outcome = d->outcome, .valid_until = d->valid_until, .needs = needs, .needs_count = (uint32_t)d->needs_count};
  if (!h->request->packed) return;
  keep_packed(h, decision_needs_pack(d, &h->bytes), a, out);
}

static bool decide_alone(hand *h, size_t question, uint32_t subject, arena *a, population_answer *out) {
  const population_question *q = &h->request->questions[question];
  decision d;
  bool good = evaluation_decide(h->evaluations[question], q->rule, subject, h->scratch, &d);
  if (good) answer_of(h, &d, &q->pack->rules[q->rule], a, out);
  arena_reset(h->scratch);
  return good;
}

static void answer_in_batch(hand *h, batch *b, uint32_t at, const batch_verdict *v, arena *a, population_answer *out) {
  *out = (population_answer){.outcome = v->outcome, .valid_until = v->valid_until, .needs_count = v->needs_count};
  const need_result *from = batch_needs(b);
  population_need *needs = arena_array(a, v->needs_count + 1, sizeof *needs);
  for (uint32_t i = 0; i < v->needs_count; i++)
    needs[i] = (population_need){from[i].need, from[i].each, batch_need_outcome(b, at, i)};
  out->needs = needs;
  if (!h->request->packed) return;
  keep_packed(h, batch_pack(b, at, v, &h->bytes), a, out);
}

static bool elsewhere(const population_question *q) {
  rule_way way = q->pack->rules[q->rule].way;
  return way == RULE_DECIDE || way == RULE_NATIVE;
}

/* A foreign rule: its worker is asked about many before the first answer is read. */
static bool decide_elsewhere_together(hand *h, size_t question, const slot *s, population_answer *out) {
  enum { MANY = 64 };
  const population_question *q = &h->request->questions[question];
  for (uint32_t done = 0; done < s->count; done += MANY) {
    uint32_t some = s->count - done < MANY ? s->count - done : MANY, standing[MANY];
    size_t count = 0;
    for (uint32_t i = 0; i < some; i++)
      if (evaluation_stands(h->evaluations[question], q->rule, s->subjects[done + i]))
        standing[count++] = s->subjects[done + i];
    if (count > 1 && !decide_worker_expect(h->workers[question], q->rule, standing, count, h->problems)) return false;
    for (uint32_t i = 0; i < some; i++)
      if (!decide_alone(h, question, s->subjects[done + i], s->memory, &out[done + i])) return false;
  }
  return true;
}

/* The first few of these; *count becomes how many. */
static bool decide_some(hand *h, size_t question, const slot *s, uint32_t first, uint32_t *count,
                        population_answer *out) {
  const population_question *q = &h->request->questions[question];
  batch *b = h->batches[question];
  batch_verdict verdicts[RANGE];
  *count = batch_decide(b, q->rule, s->subjects + first, *count, verdicts);
  for (uint32_t i = 0; i < *count; i++) {
    if (verdicts[i].decided)
      answer_in_batch(h, b, i, &verdicts[i], s->memory, &out[first + i]);
    else if (!decide_alone(h, question, s->subjects[first + i], s->memory, &out[first + i]))
      return false;
  }
  return true;
}

/* All questions about a few, as many as the first one takes, then about the next few: what one has read and computed is
 * at hand for the next. One that goes from one to the next has nothing for the others, and does not hold them up. */
static bool decide_together(hand *h, const slot *s) {
  enum { FEW = 64 };
  const population_request *q = h->request;
  for (uint32_t done = 0, end; done < s->count; done = end ? end : s->count) {
    end = 0;
    for (size_t i = 0; i < q->questions_count; i++) {
      if (elsewhere(&q->questions[i])) continue;
      for (uint32_t at = done, some; !end || at < end; at += some) {
        some = (end ? end : s->count) - at;
        if (!decide_some(h, i, s, at, &some, s->answers[i])) return false;
        if (!end) end = some > 1 || s->count - at < FEW ? at + some : at + FEW;
      }
    }
  }
  return true;
}

static void decide_range(hand *h, slot *s, uint64_t range, uint64_t all) {
  const population_request *q = h->request;
  uint64_t first = range * RANGE;
  s->count = (uint32_t)(all - first < RANGE ? all - first : RANGE);
  s->subjects = arena_array(s->memory, s->count, sizeof *s->subjects);
  for (uint32_t i = 0; i < s->count; i++) s->subjects[i] = q->only ? q->only[first + i] : (uint32_t)(first + i);
  s->answers = arena_array(s->memory, q->questions_count + 1, sizeof *s->answers);
  bool good = true;
  for (size_t i = 0; i < q->questions_count; i++) s->answers[i] = arena_array(s->memory, s->count, sizeof **s->answers);
  for (size_t i = 0; i < q->questions_count && good; i++)
    if (elsewhere(&q->questions[i])) good = decide_elsewhere_together(h, i, s, s->answers[i]);
  good = good && decide_together(h, s);
  if (good) return;
  s->problems = faults_new(s->memory);
  faults_take(s->problems, h->problems);
}

static void *run_hand(void *context) {
  work *w = context;
  hand h;
  hand_open(&h, w->request);
  pthread_mutex_lock(&w->lock);
  while (!w->stop && w->next < w->ranges) {
    if (w->next >= w->taken + w->slots_count) {
      pthread_cond_wait(&w->changed, &w->lock);
      continue;
    }
    uint64_t range = w->next++;
    slot *s = slot_of(w, range);
    s->state = SLOT_TAKEN;
    pthread_mutex_unlock(&w->lock);
    decide_range(&h, s, range, w->count);
    pthread_mutex_lock(&w->lock);
    s->state = SLOT_DONE;
    pthread_cond_broadcast(&w->changed);
  }
  while (!w->stop && w->taken < w->ranges) pthread_cond_wait(&w->changed, &w->lock); /* answers point into the hand */
  bool stopped = w->stop;
  pthread_mutex_unlock(&w->lock);
  arena *a = arena_new();
  faults *problems = faults_new(a);
  if (!hand_close(&h, problems) && !stopped) return problems; /* a worker of foreign rules did not end well */
  arena_free(a);
  return NULL;
}

/* ---- who asked ---- */

static uint64_t subjects_asked(const population_request *q) {
  if (q->only) return q->only_count;
  const population_question *first = &q->questions[0];
  return q->subjects->of[first->pack->rules[first->rule].of].count;
}

/* Nobody is behind the last range that was taken. */
static void pass(const population_request *q, uint32_t from, uint32_t to) {
  const population_question *first = &q->questions[0];
  fact_type of = first->pack->rules[first->rule].of;
  if (to <= q->subjects->of[of].count) subjects_passed(q->subjects, of, from, to);
}

static bool take_ranges(work *w, faults *problems) {
  const population_request *q = w->request;
  bool good = true;
  for (uint64_t range = 0; range < w->ranges && good; range++) {
    slot *s = slot_of(w, range);
    pthread_mutex_lock(&w->lock);
    while (s->state != SLOT_DONE) pthread_cond_wait(&w->changed, &w->lock);
    pthread_mutex_unlock(&w->lock);
    if (s->problems) {
      faults_take(problems, s->problems);
      good = false;
    } else {
      const population_range taken = {s->subjects, s->count, (const population_answer *const *)s->answers};
      good = q->take(q->context, &taken, problems);
    }
    arena_reset(s->memory);
    if (!q->only && (range + 1) % BEHIND == 0)
      pass(q, (uint32_t)(range + 1 - BEHIND) * RANGE, (uint32_t)(range + 1) * RANGE);
    pthread_mutex_lock(&w->lock);
    s->state = SLOT_FREE;
    w->taken = range + 1;
    w->stop = !good;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
  }
  return good;
}

bool population_groups(const pack *p, int32_t rule_at) {
  const rule *r = &p->rules[rule_at];
  if (r->way == RULE_GROUP) return true;
  for (size_t k = 0; r->uses && k < p->rules_count; k++)
    if (r->uses[k] && p->rules[k].way == RULE_GROUP) return true;
  return false;
}

/* A group is computed as a whole: by one thread once rather than by each of them. */
static bool groups_asked(const population_request *q) {
  for (size_t i = 0; i < q->questions_count; i++)
    if (population_groups(q->questions[i].pack, q->questions[i].rule)) return true;
  return false;
}

bool population_decide(const population_request *request, faults *problems) {
  if (!request->questions_count) return true;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  int threads = request->workers > 0 ? request->workers : processors > 0 ? (int)processors : 1;
  if (threads > WORKERS_MOST) threads = WORKERS_MOST;
  if (groups_asked(request)) threads = 1;
  work w = {.request = request, .count = subjects_asked(request), .slots_count = (size_t)threads * 2 + 1};
  w.ranges = (w.count + RANGE - 1) / RANGE;
  if ((uint64_t)threads > w.ranges) threads = (int)w.ranges;
  pthread_mutex_init(&w.lock, NULL);
  pthread_cond_init(&w.changed, NULL);
  w.slots = memory_take(w.slots_count * sizeof *w.slots);
  for (size_t i = 0; i < w.slots_count; i++) w.slots[i].memory = arena_new();
  pthread_t started[WORKERS_MOST];
  int count = 0;
  while (count < threads && !pthread_create(&started[count], NULL, run_hand, &w)) count++;
  bool good = count > 0 || !threads;
  if (!good)
    fault_add(problems, NOWHERE, "no thread could be started", "无法启动线程");
  else
    good = take_ranges(&w, problems);
  for (int i = 0; i < count; i++) {
    void *said_last = NULL;
    pthread_join(started[i], &said_last);
    faults *ended = said_last;
    if (!ended) continue;
    if (good) faults_take(problems, ended);
    good = false;
    arena_free(ended->memory);
  }
  for (size_t i = 0; i < w.slots_count; i++) arena_free(w.slots[i].memory);
  free(w.slots);
  pthread_cond_destroy(&w.changed);
  pthread_mutex_destroy(&w.lock);
  return good;
}
