/* What is known of a few people alone is what is known of them among all. */
#include "unit/ledger_support.h"

enum { PEOPLE = 60, SCHOOLS = 5, COHORTS = 3, ACTIVITIES = 6 };

typedef struct world {
  bench b;
  int64_t school[SCHOOLS], programme, cohort[COHORTS], activity[ACTIVITIES], person[PEOPLE], enrollment[PEOPLE];
  int64_t row;
} world;

static uint32_t draw(uint64_t *state, uint32_t below) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*state >> 33) % below;
}

static fact entity_of(world *w, fact_type type, int64_t entity, const char *code) {
  fact f = fact_of(type, ++w->row);
  f.entity = entity;
  f.code = code;
  return f;
}

static char *text_of(world *w, const char *what, int k) {
  return arena_format(w->b.memory, "%s%d", what, k);
}

static void make_frame(world *w) {
  *w = (world){.b = bench_new()};
  importing *i = bench_begin(&w->b, "frame.csv");
  for (int k = 0; k < SCHOOLS; k++) {
    fact f = entity_of(w, FACT_ORGANIZATION, w->school[k] = ledger_new_entity(i), text_of(w, "S", k));
    f.object = k == 0 ? 0 : w->school[k / 2]; /* a tree */
    if (k > 0 && f.object == f.entity) f.object = w->school[0];
    bench_put(&w->b, i, f);
  }
  fact programme = entity_of(w, FACT_PROGRAMME, w->programme = ledger_new_entity(i), "P");
  programme.object = w->school[0];
  bench_put(&w->b, i, programme);
  for (int k = 0; k < COHORTS; k++) {
    fact f = entity_of(w, FACT_COHORT, w->cohort[k] = ledger_new_entity(i), text_of(w, "C", k));
    f.subject_type = FACT_PROGRAMME;
    f.subject = w->programme;
    f.object = w->school[k % SCHOOLS];
    bench_put(&w->b, i, f);
  }
  for (int k = 0; k < ACTIVITIES; k++) {
    fact f = entity_of(w, FACT_ACTIVITY, w->activity[k] = ledger_new_entity(i), text_of(w, "A", k));
    f.subject_type = FACT_COHORT;
    f.subject = w->cohort[k % COHORTS];
    bench_put(&w->b, i, f);
  }
  bench_commit(&w->b, i);
}

static void put_record(world *w, importing *i, fact_type type, int64_t subject, uint64_t *state) {
  static const char *const kinds[] = {"training", "lecture", "award"};
  fact f =
      record_of(subject, ++w->row, kinds[draw(state, 3)], day_of(2025, 1 + (int)draw(state, 12), 3), draw(state, 30));
  f.subject_type = type;
  if (draw(state, 3) == 0) {
    f.object_type = FACT_ACTIVITY;
    f.object = w->activity[draw(state, ACTIVITIES)];
  }
  if (draw(state, 4) == 0) f.place = w->school[draw(state, SCHOOLS)];
  if (draw(state, 3) == 0) f.attributes = draw(state, 2) ? "{\"theme\":\"课堂\"}" : "{\"value\":{\"amount\":\"2\"}}";
  bench_put(&w->b, i, f);
}

static void put_person(world *w, importing *i, int k, uint64_t *state) {
  bool again = w->person[k] != 0;
  if (!again) w->person[k] = ledger_new_entity(i);
  fact person = entity_of(w, FACT_PERSON, w->person[k], draw(state, 5) == 0 && again ? NULL : text_of(w, "T", k));
  person.name = text_of(w, "name ", k % 7);
  bench_put(&w->b, i, person);
  fact post = fact_of(FACT_POST, ++w->row);
  post.subject = w->person[k];
  post.object = w->school[draw(state, SCHOOLS)];
  bench_put(&w->b, i, post);
  if (draw(state, 2) && w->enrollment[k] == 0) {
    fact f = entity_of(w, FACT_ENROLLMENT, w->enrollment[k] = ledger_new_entity(i), NULL);
    f.subject = w->person[k];
    f.object = w->cohort[draw(state, COHORTS)];
    f.place = w->school[draw(state, SCHOOLS)];
    bench_put(&w->b, i, f);
  }
  for (uint32_t n = draw(state, 5); n > 0; n--) put_record(w, i, FACT_PERSON, w->person[k], state);
  for (uint32_t n = w->enrollment[k] == 0 ? 0 : draw(state, 3); n > 0; n--)
    put_record(w, i, FACT_ENROLLMENT, w->enrollment[k], state);
}

static void put_relation(world *w, importing *i, uint64_t *state) {
  fact f = fact_of(FACT_RELATION, ++w->row);
  f.kind = "mentor";
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = w->person[draw(state, PEOPLE)];
  f.object = w->person[draw(state, PEOPLE)];
  if (f.subject != 0 && f.object != 0 && f.subject != f.object) bench_put(&w->b, i, f);
}

/* ---- what is said of a person, without numbers ---- */

static void say_entity(buffer *out, const subjects *s, fact_type type, int32_t row) {
  if (row < 0) {
    buffer_text(out, " -");
    return;
  }
  const fact_columns *c = &s->of[type];
  buffer_format(out, " %s %s", fact_type_name(type), s->words[c->code[row]]);
  if (type == FACT_PERSON) buffer_format(out, " called %s", s->words[c->name[row]]);
  if (type == FACT_ORGANIZATION) {
    for (int32_t above = c->object[row], n = 0; above >= 0 && n < 9; above = c->object[above], n++)
      buffer_format(out, " in %s", s->words[c->code[above]]);
  } else if (type == FACT_COHORT || type == FACT_ACTIVITY) {
    say_entity(out, s, (fact_type)c->subject_type[row], c->subject[row]);
  }
}

static void say_row(buffer *out, const subjects *s, fact_type type, uint32_t row) {
  const fact_columns *c = &s->of[type];
  buffer_format(out, "\n  %s %s %d %lld/%d %s at %s %lld:", fact_type_name(type), s->words[c->kind[row]], c->since[row],
                (long long)c->amount[row], c->bound[row], s->words[c->unit[row]], s->sources[c->source[row]].file_name,
                (long long)c->row[row]);
  say_entity(out, s, (fact_type)c->object_type[row], c->object[row]);
  say_entity(out, s, FACT_ORGANIZATION, c->place[row]);
  for (uint32_t a = c->attribute[row]; a < c->attribute[row + 1]; a++)
    buffer_format(out, " %s=%d/%lld", s->words[s->attributes.name[a]], s->attributes.type[a],
                  (long long)(s->attributes.type[a] == ATTRIBUTE_TEXT ? 0 : s->attributes.value[a]));
  if (type == FACT_RECORD && s->record_of[FACT_ENROLLMENT][row] >= 0) buffer_text(out, " of an enrollment");
}

static void say_list(buffer *out, const subjects *s, const subject_index *index, fact_type type, uint32_t person) {
  for (uint32_t k = index->offset[person]; k < index->offset[person + 1]; k++) say_row(out, s, type, index->rows[k]);
}

static void say_person(buffer *out, const subjects *s, uint32_t person, bool relations) {
  say_entity(out, s, FACT_PERSON, (int32_t)person);
  say_list(out, s, &s->posts, FACT_POST, person);
  say_list(out, s, &s->enrollments[FACT_PERSON], FACT_ENROLLMENT, person);
  say_list(out, s, &s->records[FACT_PERSON], FACT_RECORD, person);
  const subject_index *index = &s->relations[FACT_PERSON];
  const fact_columns *c = &s->of[FACT_RELATION];
  for (uint32_t k = index->offset[person]; relations && k < index->offset[person + 1]; k++) {
    say_row(out, s, FACT_RELATION, index->rows[k]);
    int32_t a = c->subject[index->rows[k]], other = a == (int32_t)person ? c->object[index->rows[k]] : a;
    if (other >= 0) say_person(out, s, (uint32_t)other, false);
  }
}

static int32_t row_of(const subjects *s, int64_t entity) {
  for (uint32_t k = 0; k < s->of[FACT_PERSON].count; k++)
    if (s->of[FACT_PERSON].entity[k] == entity) return (int32_t)k;
  return -1;
}

/* `before`: puts a file in its place once all are known. */
static void assert_parts_agree(world *w, uint64_t *state, const char *before) {
  bench *b = &w->b;
  subjects *whole = subjects_open_after(b->ledger, ledger_last(b->ledger), b->problems);
  assert_non_null(whole);
  if (before != NULL) assert_int_equal(system(before), 0);
  for (int k = 0; k < PEOPLE; k++) {
    int32_t row = w->person[k] == 0 ? -1 : row_of(whole, w->person[k]);
    if (row < 0) continue;
    int64_t asked[2] = {w->person[k], w->person[draw(state, PEOPLE)]};
    subjects *part = subjects_open_of(b->ledger, asked, 2, b->problems);
    if (part == NULL) bench_show(b);
    assert_non_null(part);
    assert_true(part->of[FACT_PERSON].count < PEOPLE);
    int32_t alone = row_of(part, w->person[k]);
    assert_true(alone >= 0);
    buffer expected = {0}, found = {0};
    say_person(&expected, whole, (uint32_t)row, true);
    say_person(&found, part, (uint32_t)alone, true);
    assert_string_equal(found.at, expected.at);
    assert_true(digest_same(part->chain, whole->chain));
    assert_int_equal(part->known_after, whole->known_after);
    buffer_free(&expected);
    buffer_free(&found);
    subjects_close(part);
  }
  subjects_close(whole);
}

static void history(uint64_t seed) {
  world w;
  make_frame(&w);
  bench *b = &w.b;
  uint64_t state = seed;
  char *keep = arena_format(b->memory, "cp '%s.subjects' '%s.then'", b->path, b->path);
  char *back = arena_format(b->memory, "cp '%s.then' '%s.other' && mv '%s.other' '%s.subjects'", b->path, b->path,
                            b->path, b->path);
  for (int step = 0; step < 6; step++) {
    subjects_close(subjects_open(b->ledger, b->problems)); /* the file of this state, which the next will find */
    assert_int_equal(system(keep), 0);
    importing *i = bench_begin(b, text_of(&w, "step", step));
    int64_t last = 0;
    if (step == 0) {
      for (int k = 0; k < PEOPLE; k++) put_person(&w, i, k, &state);
      for (int n = 0; n < 20; n++) put_relation(&w, i, &state);
    } else {
      put_person(&w, i, (int)draw(&state, PEOPLE), &state);
      put_relation(&w, i, &state);
      last = (int64_t)draw(&state, 100) + 30;
      if (!ledger_close_fact(i, last, b->problems)) bench_forgive(b);
    }
    if (step == 3) {
      fact merge = fact_of(FACT_MERGE, ++w.row);
      merge.subject = w.person[draw(&state, PEOPLE / 2)];
      merge.object = w.person[PEOPLE / 2 + draw(&state, PEOPLE / 2)];
      bench_put(b, i, merge);
    }
import done;
    if (!ledger_commit(i, false, &done, b->problems)) { /* the fact to be closed was closed already */
      bench_forgive(b);
      continue;
    }
    assert_parts_agree(&w, &state, NULL);
    assert_parts_agree(&w, &state, back); /* of the state before, which is near enough from the second step on */
  }
  assert_int_equal(b->problems->errors, 0);
  bench_end(b);
}

static void a_few_alone_are_as_they_are_among_all(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 5; seed++) history(seed);
}

static void who_has_a_code_is_found_alone(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  for (int k = 0; k < 3; k++) {
    int64_t person = ledger_new_entity(i);
    bench_put(&b, i, person_of(person, k + 1, k == 2 ? "t00" : arena_format(b.memory, "T%02d", k)));
    bench_put(&b, i, record_of(person, k + 1, "training", day_of(2025, 1, 1), k));
  }
  bench_commit(&b, i);
  subjects *s = subjects_open_coded(b.ledger, "ｔ01", b.problems);
  assert_non_null(s);
  assert_int_equal(s->of[FACT_PERSON].count, 1);
  assert_int_equal(s->of[FACT_RECORD].count, 1);
  assert_int_equal(s->of[FACT_RECORD].amount[0], AMOUNT_ONE);
  subjects_close(s);
  assert_null(subjects_open_coded(b.ledger, "T00", b.problems)); /* two */
  assert_null(subjects_open_coded(b.ledger, "T07", b.problems));
  assert_int_equal(b.problems->errors, 0);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_few_alone_are_as_they_are_among_all),
      cmocka_unit_test(who_has_a_code_is_found_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
