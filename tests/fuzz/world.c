#include "world.h"

#include "pack/load.h"

static void complain(arena *a, const faults *problems) {
  for (size_t i = 0; i < problems->count; i++) fprintf(stderr, "%s\n", fault_text(a, &problems->items[i], LANGUAGE_EN));
  abort();
}

json_t *world_image(arena *a, const char *folder, pack_text *text) {
  faults *problems = faults_new(a);
  loaded l;
  char *path = arena_format(a, "%s/%s", FUZZ_SOURCE, folder);
  json_t *image = NULL;
  if (!pack_text_read(a, path, text, problems)) complain(a, problems);
  json_kept(a, text->files);
  json_kept(a, text->order);
  if (load_text(a, text->files, text->order, &l, problems)) image = load_image(&l, problems);
  load_free(&l);
  if (!image) complain(a, problems);
  return json_kept(a, image);
}

pack *world_pack(arena *a, const char *folder) {
  faults *problems = faults_new(a);
  pack_text *text = arena_take(a, sizeof *text);
  json_t *image = world_image(a, folder, text);
  pack *p = pack_compile(a, text, image, problems);
  if (!p) complain(a, problems);
  return p;
}

typedef struct world_facts {
  arena *memory;
  fact *facts;
  size_t count, capacity;
} world_facts;

static fact *add(world_facts *m, fact_type type, const char *since, const char *until) {
  fact *f = ARENA_PUSH(m->memory, m->facts, m->count, m->capacity);
  *f = (fact){.type = type, .id = (int64_t)m->count, .import = 1, .source = 1, .row = (int64_t)m->count, .part = 1};
  f->key = f->id;
  f->since = f->until = DATE_NONE;
  if (since) date_read(since, &f->since);
  f->until = f->since;
  if (until) date_read(until, &f->until);
  return f;
}

static int64_t add_entity(world_facts *m, fact_type type, const char *kind, const char *code, int64_t subject,
                          int64_t object) {
  fact *f = add(m, type, "2020-01-01", NULL);
  f->until = DATE_NONE;
  f->entity = (int64_t)m->count;
  f->kind = kind;
  f->code = code;
  f->subject = subject;
  f->object = object;
  if (type == FACT_PERSON) f->since = DATE_NONE;
  if (type == FACT_COHORT) f->subject_type = FACT_PROGRAMME;
  if (type == FACT_ENROLLMENT) f->subject_type = FACT_PERSON;
  if (type == FACT_ENROLLMENT) f->object_type = FACT_COHORT;
  return f->entity;
}

static void add_record(world_facts *m, int64_t person, const char *kind, const char *since, const char *until,
                       int64_t tenths, bound known) {
  static const char *const levels[] = {"school", "county", "city", NULL};
  fact *f = add(m, FACT_RECORD, since, until);
  bool leveled = !strcmp(kind, "trip") || !strcmp(kind, "prize");
  f->kind = kind;
  f->subject_type = FACT_PERSON;
  f->subject = person;
  f->level = leveled ? levels[m->count % 4] : NULL;
  f->amount = (amount){known == BOUND_UNKNOWN || known == BOUND_NONE ? 0 : tenths * 100000, known};
  f->unit = known == BOUND_NONE ? NULL : "学时";
  if (!strcmp(kind, "talk"))
    f->attributes = m->count % 2 ? "{\"theme\":\"class\",\"work\":\"a\"}" : "{\"theme\":\"care\"}";
}

subjects *world_subjects(arena *a) {
  world_facts m = {.memory = a};
  int64_t people[3];
  people[0] = add_entity(&m, FACT_PERSON, NULL, "T1", 0, 0);
  people[1] = add_entity(&m, FACT_PERSON, NULL, "T2", 0, 0);
  people[2] = add_entity(&m, FACT_PERSON, NULL, "T3", 0, 0);
  int64_t class = add_entity(&m, FACT_PROGRAMME, "class", "C", 0, 0);
  int64_t cohort = add_entity(&m, FACT_COHORT, NULL, "C1", class, 0);
  int64_t place = add_entity(&m, FACT_ENROLLMENT, "trainee", NULL, people[0], cohort);
  for (size_t i = 0; i < 3; i++) {
    add_record(&m, people[i], "hired", i == 2 ? "2019" : "2019-09-01", NULL, 0, BOUND_NONE);
    add_record(&m, people[i], "talk", "2020-03-01", "2020-03-02", 45, BOUND_EXACT);
    add_record(&m, people[i], "talk", "2021-03", NULL, 120, i == 1 ? BOUND_AT_LEAST : BOUND_EXACT);
    add_record(&m, people[i], "trip", "2020-05-01", "2020-05-04", 80, i == 2 ? BOUND_AT_MOST : BOUND_EXACT);
    add_record(&m, people[i], "lesson", "2021-10-11", NULL, 10, i == 2 ? BOUND_UNKNOWN : BOUND_EXACT);
    add_record(&m, people[i], "prize", "2021-12-01", NULL, 0, BOUND_NONE);
  }
  fact *absence = add(&m, FACT_RECORD, "2020-04-01", NULL);
  absence->kind = "absence";
  absence->subject_type = FACT_ENROLLMENT;
  absence->subject = place;
  fact *mentor = add(&m, FACT_RELATION, "2020-01-01", "2021-12-31");
  mentor->kind = "mentor";
  mentor->subject_type = mentor->object_type = FACT_PERSON;
  mentor->subject = people[0];
  mentor->object = people[1];
  faults *problems = faults_new(a);
  subjects *s = subjects_of_facts(m.facts, m.count, problems);
  if (!s) complain(a, problems);
  return s;
}
