#include "task/ruling.h"

#include "task/find.h"

#include <string.h>

/* ---- which are in force ---- */

static size_t place_of(const binding *const *kept, size_t count, const char *organization) {
  size_t at = 0;
  while (at < count && !text_same(kept[at]->organization, organization)) at++;
  return at;
}

static int by_day(const binding *a, const binding *b) {
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

size_t rulings_on(ledger *l, day on, arena *a, ruling **out, faults *problems) {
  binding *rows;
  size_t before = problems->errors, count = ledger_bindings(l, a, &rows, problems), kept_count = 0;
  const binding **kept = arena_array(a, count + 1, sizeof *kept);
  *out = NULL;
  if (problems->errors > before) return 0;
  for (size_t done = 0; done < count; done++) { /* by first day, then as made: few enough to be looked for */
    const binding *next = NULL;
    for (size_t i = 0; i < count; i++) {
      bool passed = rows[i].id == 0 || rows[i].from > on;
      if (!passed && (!next || by_day(&rows[i], next) < 0)) next = &rows[i];
    }
    if (!next) break;
    binding *own = arena_copy(a, next, sizeof *next);
    rows[next - rows].id = 0;
    if (!own->organization) kept_count = 0;
    size_t at = place_of(kept, kept_count, own->organization);
    kept[at] = own;
    if (at == kept_count) kept_count++;
  }
  *out = arena_array(a, kept_count + 1, sizeof **out);
  for (size_t i = 0; i < kept_count; i++) {
    image_row image;
    if (!ledger_image(l, kept[i]->image, a, &image, problems)) return 0;
    (*out)[i] = (ruling){image.pack, kept[i]->organization, kept[i]->image};
  }
  image_row none;
  if (kept_count == 0) ledger_ruling(l, on, a, &none, problems); /* says that there is none */
  return kept_count;
}

bool rulings_several(ledger *l, arena *a, faults *problems) {
  binding *rows;
  size_t count = ledger_bindings(l, a, &rows, problems);
  const char *first = NULL;
  bool several = false;
  for (size_t i = 0; i < count; i++) {
    if (!rows[i].organization) continue;
    several = several || (first && strcmp(first, rows[i].organization) != 0);
    if (!first) first = rows[i].organization;
  }
  return several;
}

/* ---- whose a row is ---- */

/* Whether an organization of the subject file is the one that a pack names. */
static bool ruling_names(const subjects *s, uint32_t organization, const char *named) {
  const fact_columns *t = &s->of[FACT_ORGANIZATION];
  return (t->code[organization] && !strcmp(s->words[t->code[organization]], named)) ||
         (t->name[organization] && !strcmp(s->words[t->name[organization]], named));
}

int32_t ruling_organization(const subjects *s, const char *named) {
  const fact_columns *t = &s->of[FACT_ORGANIZATION];
  for (uint32_t i = 0; named && i < t->count; i++)
    if (t->code[i] && !strcmp(s->words[t->code[i]], named)) return (int32_t)i;
  for (uint32_t i = 0; named && i < t->count; i++)
    if (ruling_names(s, i, named)) return (int32_t)i;
  return -1;
}

static bool below(const subjects *s, int32_t organization, uint32_t top) {
  const fact_columns *t = &s->of[FACT_ORGANIZATION];
  for (uint32_t climbed = 0; organization >= 0 && climbed <= t->count; climbed++) {
    if ((uint32_t)organization == top) return true;
    organization = t->object[organization];
  }
  return false;
}

static bool cohort_below(const subjects *s, int32_t cohort, uint32_t top) {
  if (cohort < 0) return false;
  if (below(s, s->of[FACT_COHORT].object[cohort], top)) return true;
  int32_t programme = s->of[FACT_COHORT].subject[cohort];
  return programme >= 0 && below(s, s->of[FACT_PROGRAMME].object[programme], top);
}

static bool person_below(const subjects *s, int32_t person, uint32_t top) {
  if (person < 0) return false;
  const fact_columns *posts = &s->of[FACT_POST], *enrollments = &s->of[FACT_ENROLLMENT];
  for (uint32_t i = s->posts.offset[person]; i < s->posts.offset[person + 1]; i++)
    if (below(s, posts->object[s->posts.rows[i]], top)) return true;
  const subject_index *enrolled = &s->enrollments[FACT_PERSON];
  for (uint32_t i = enrolled->offset[person]; i < enrolled->offset[person + 1]; i++)
    if (cohort_below(s, enrollments->object[enrolled->rows[i]], top)) return true;
  return false;
}

static bool row_below(const subjects *s, fact_type type, uint32_t row, uint32_t top) {
  switch (type) {
  case FACT_ORGANIZATION:
    return below(s, (int32_t)row, top);
  case FACT_PROGRAMME:
    return below(s, s->of[FACT_PROGRAMME].object[row], top);
  case FACT_COHORT:
    return cohort_below(s, (int32_t)row, top);
  case FACT_PERSON:
    return person_below(s, (int32_t)row, top);
  case FACT_ENROLLMENT: {
    int32_t cohort = s->of[FACT_ENROLLMENT].object[row];
    return cohort >= 0 ? cohort_below(s, cohort, top) : person_below(s, s->of[FACT_ENROLLMENT].subject[row], top);
  }
  default:
    return false;
  }
}

bool *ruling_marks(const subjects *s, fact_type type, uint32_t organization, arena *a) {
  uint32_t count = s->of[type].count;
  bool *marks = arena_array(a, (size_t)count + 1, sizeof *marks);
  for (uint32_t row = 0; row < count; row++) marks[row] = row_below(s, type, row, organization);
  return marks;
}

/* ---- which one is meant ---- */

static const char *names_of(arena *a, const ruling *all, size_t count) {
  const char *text = "";
  for (size_t i = 0; i < count; i++) text = arena_format(a, "%s%s%s", text, i ? ", " : "", all[i].pack);
  return text;
}

static const ruling *named_one(const ruling *all, size_t count, const char *named, faults *problems) {
  const char **ids = arena_array(problems->memory, count + 1, sizeof *ids);
  for (size_t i = 0; i < count; i++) {
    ids[i] = all[i].pack;
    if (!strcmp(ids[i], named)) return &all[i];
  }
  fault_add(problems, NOWHERE, "no pack \"%s\" is in force here on that day", "该日没有名为“%s”的规则包生效", named);
  const char *near = text_nearest(named, ids, count);
  if (near)
    fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  else
    fault_next(problems, "in force are: %s", "生效的有：%s", names_of(problems->memory, all, count));
  return NULL;
}

/* Of those whose organization is above what is meant, the one that is nearest: the last in the chain of organizations.
 */
static const ruling *above(const ruling *all, size_t count, ledger *l, const char *about, faults *problems) {
  static const fact_type types[] = {FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION, FACT_PERSON};
  subjects *s = subjects_open(l, problems);
  const ruling *found = NULL;
  int32_t found_at = -1;
  bool known = false;
  faults *unsaid = faults_new(problems->memory); /* the command says itself that nothing is named so */
  for (size_t k = 0; s && k < sizeof types / sizeof *types && !known; k++) {
    uint32_t row;
    known = find_row(s, types[k], about, &row, unsaid) == FOUND_ONE;
    for (size_t i = 0; known && i < count; i++) {
      int32_t top = ruling_organization(s, all[i].organization);
      if (top < 0 || !row_below(s, types[k], row, (uint32_t)top)) continue;
      if (found && !below(s, top, (uint32_t)found_at)) continue;
      found = &all[i];
      found_at = top;
    }
  }
  subjects_close(s);
  for (size_t i = 0; !found && known && i < count; i++)
    if (!all[i].organization) found = &all[i];
  return found;
}

const ruling *ruling_meant(const ruling *all, size_t count, ledger *l, const char *named, const char *about,
                           faults *problems) {
  if (count == 0) return NULL;
  if (named) return named_one(all, count, named, problems);
  size_t with = 0;
  const ruling *one = &all[count - 1];
  for (size_t i = 0; i < count; i++) {
    if (!all[i].organization) continue;
    with++;
    one = &all[i];
  }
  if (with <= 1) return one;
  size_t before = problems->errors;
  const ruling *found = about ? above(all, count, l, about, problems) : NULL;
  if (found || problems->errors > before) return found;
  fault_add(problems, NOWHERE, "several packs are in force here: %s", "此台账中有多个规则包生效：%s",
            names_of(problems->memory, all, count));
  fault_next(problems, "say whose rules are meant: --pack PACK", "请用 --pack 规则包 指明按哪一个");
  return NULL;
}

pack *ruling_pack(arena *a, ledger *l, day on, const char *named, const char *about, faults *problems) {
  ruling *all;
  size_t count = rulings_on(l, on, a, &all, problems);
  const ruling *one = ruling_meant(all, count, l, named, about, problems);
  return one ? pack_of_image(a, l, one->image, problems) : NULL;
}
