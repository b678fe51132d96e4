#include "task/evaluate_touched.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b) {
  const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

void entity_list_add(arena *a, entity_list *l, int64_t entity) {
  if (entity > 0) *ARENA_PUSH(a, l->items, l->count, l->capacity) = entity;
}

void entity_list_sort(entity_list *l) {
  size_t kept = 0;
  if (l->count) qsort(l->items, l->count, sizeof *l->items, by_number);
  for (size_t k = 0; k < l->count; k++)
    if (!k || l->items[k] != l->items[kept - 1]) l->items[kept++] = l->items[k];
  l->count = kept;
}

bool entity_list_has(const entity_list *l, int64_t entity) {
  return l->count && bsearch(&entity, l->items, l->count, sizeof *l->items, by_number) != NULL;
}

typedef struct describing {
  touched *to;
  int64_t last_entity;
} describing;

/* What is new nobody rested on before; whoever rests on it now is touched by resting on it. */
static bool note_change(void *context, const fact *f, bool opened) {
  describing *d = context;
  (void)opened;
  bool many =
      f->type == FACT_ORGANIZATION || f->type == FACT_PROGRAMME || f->type == FACT_COHORT || f->type == FACT_ACTIVITY;
  d->to->any = true;
  if (many && f->entity <= d->last_entity) d->to->wide = true;
  return !d->to->wide;
}

static bool note_touched(void *context, fact_type type, int64_t entity) {
  touched *t = context;
  if (type == FACT_PERSON) entity_list_add(t->memory, &t->persons, entity);
  if (type == FACT_ENROLLMENT) entity_list_add(t->memory, &t->enrollments, entity);
  return true;
}

bool touched_since(ledger *l, int64_t since, int64_t last_entity, arena *a, touched *out, faults *problems) {
  *out = (touched){.memory = a};
  describing d = {out, last_entity};
  if (!ledger_changes(l, since, note_change, &d, problems)) return false;
  if (!out->any || out->wide) return true;
  if (!ledger_touched(l, since, note_touched, out, problems)) return false;
  entity_list_sort(&out->persons);
  entity_list_sort(&out->enrollments);
  return true;
}

static void add_end(touched *t, const subjects *s, uint8_t type, int32_t row) {
  if (type == FACT_ENROLLMENT && row >= 0) {
    row = s->of[FACT_ENROLLMENT].subject[row];
    type = FACT_PERSON;
  }
  if (type == FACT_PERSON && row >= 0) entity_list_add(t->memory, &t->persons, s->of[FACT_PERSON].entity[row]);
}

bool touched_related(touched *t, const subjects *s) {
  const fact_columns *relations = &s->of[FACT_RELATION];
  const int64_t *person = s->of[FACT_PERSON].entity;
  size_t before = t->persons.count;
  if (!before) return false;
  entity_list direct = t->persons; /* one step: what counts for the one is what the other did */
  direct.items = arena_copy(t->memory, direct.items, direct.count * sizeof *direct.items);
  for (uint32_t i = 0; i < relations->count; i++) {
    const int32_t ends[] = {relations->subject[i], relations->object[i]};
    const uint8_t types[] = {relations->subject_type[i], relations->object_type[i]};
    bool meets = false;
    for (int k = 0; k < 2; k++) {
      int32_t row = types[k] == FACT_ENROLLMENT && ends[k] >= 0 ? s->of[FACT_ENROLLMENT].subject[ends[k]] : ends[k];
      bool of_person = types[k] == FACT_PERSON || types[k] == FACT_ENROLLMENT;
      meets = meets || (of_person && row >= 0 && entity_list_has(&direct, person[row]));
    }
    for (int k = 0; k < 2 && meets; k++) add_end(t, s, types[k], ends[k]);
  }
  entity_list_sort(&t->persons);
  return t->persons.count > before;
}
