#include "pack/mutate_places.h"

#include "pack/pack_rules.h"

#include <stdio.h>
#include <string.h>

typedef struct walk { /* where one is, on the way down */
  arena *memory;
  const pack *pack;
  movables *out;
  const char *declared, *id, *need, *section;
  const char *parameter;
} walk;

/* ---- one place ---- */

/* The same for all copies that one place of the text left in the image: its line, the keys from there, what it says. */
static char *same_place(arena *a, const spot *s, const char *was) {
  buffer keys = {0};
  const char *at = NULL;
  for (const spot *up = s; up && !at; up = up->up) {
    at = spot_tag(up) ? json_member_text(up->value, "at") : NULL;
    if (!at) buffer_format(&keys, "/%s%zu", up->key ? up->key : "", up->key ? 0 : up->index);
  }
  char *out = arena_format(a, "%s%s|%s", at ? at : "", keys.at ? keys.at : "", was);
  buffer_free(&keys);
  return out;
}

static void found(walk *w, const spot *s, movable_form form, const char *was, const char *word,
                  const declared_scale *scale) {
  const char *same = same_place(w->memory, s, was);
  movable *m = NULL;
  for (size_t i = 0; i < w->out->count && !m; i++)
    if (!strcmp(w->out->items[i].same, same)) m = &w->out->items[i];
  if (!m) {
    m = ARENA_PUSH(w->memory, w->out->items, w->out->count, w->out->capacity);
    const char *inside = w->need ? w->need : w->section;
    *m = (movable){.same = same, .where = spot_place(s), .form = form, .was = was, .scale = scale};
    m->parameter = w->parameter, m->declared = w->declared, m->id = w->id;
    m->need = w->need, m->section = w->section, m->word = word;
    m->from = w->parameter && text_same(word, "from");
    m->name = inside ? arena_format(w->memory, "%s.%s.%s", w->id, inside, word)
                     : arena_format(w->memory, "%s.%s", w->id, word);
  }
  *ARENA_PUSH(w->memory, m->copies, m->copies_count, m->copies_capacity) =
      (copy_of_value){(json_t *)s->up->value, s->key, s->index};
}

/* "2018-01-01", "1/3", 30: what can be moved; `numeric` where a text may be a number. */
static bool take_value(walk *w, const spot *s, const char *word, bool numeric) {
  const char *text = json_string_value(s->value);
  day d;
  fraction f;
  if (text && day_read(text, &d)) {
    found(w, s, MOVES_DAY, text, word, NULL);
    return true;
  }
  if (!numeric) return false;
  if (text && fraction_read(text, &f)) {
    found(w, s, MOVES_NUMBER, text, word, NULL);
    return true;
  }
  if (json_is_integer(s->value)) {
    found(w, s, MOVES_NUMBER, arena_format(w->memory, "%lld", (long long)json_integer_value(s->value)), word, NULL);
    return true;
  }
  if (text_same(spot_tag(s), "decimal")) {
    found(w, s, MOVES_NUMBER, json_member_text(s->value, "value"), word, NULL);
    return true;
  }
  return false;
}

/* ---- expressions and tables ---- */

static bool counts_as_number(const char *key) {
  static const char *const keys[] = {"take",  "otherwise", "gap_days", "years", "months", "days",
                                     "weeks", "at_most",   "amount",   "rate",  "first"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (text_same(keys[i], key)) return true;
  return false;
}

static bool says_nothing(const char *key) {
  static const char *const keys[] = {"@", "at", "zh", "en", "id", "title", "source", "unit", "by", "keep"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (!strcmp(keys[i], key)) return true;
  return false;
}

static bool stands_alone(const char *tag) { /* nothing in it moves */
  static const char *const tags[] = {"parameter", "fact",    "known", "previous", "recognised",
                                     "related",   "outcome", "met",   "function", "members"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (!strcmp(tags[i], tag)) return true;
  return false;
}

static void down(walk *w, const spot *s, const char *word);

/* at_least "county" under the key `level`: a threshold among words. */
static bool take_word(walk *w, const spot *bound_of, const char *key) {
  const declared_scale *scale = key ? kinds_scale(&w->pack->kinds, key) : NULL;
  spot args = spot_member(bound_of, "args");
  bool any = false;
  for (size_t i = 0; scale && i < spot_count(&args); i++) {
    spot one = spot_element(&args, i);
    const char *text = json_string_value(one.value);
    if (!text || scale_position(scale, text) < 0) continue;
    found(w, &one, MOVES_WORD, text, key, scale);
    any = true;
  }
  return any;
}

static void down_table(walk *w, const spot *s) {
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)s->value, key, unused) {
    if (says_nothing(key)) continue;
    spot one = spot_member(s, key);
    const char *tag = spot_tag(&one);
    if (tag && strcmp(tag, "decimal") != 0) {
      if (take_word(w, &one, key)) continue;
      down(w, &one, key);
    } else if (!take_value(w, &one, key, counts_as_number(key))) {
      down(w, &one, key);
    }
  }
}

/* `word`: the key of the table or the expression that it stands in. */
static void down(walk *w, const spot *s, const char *word) {
  const char *tag = spot_tag(s);
  if (tag && stands_alone(tag)) return;
  if (!tag && json_is_object(s->value)) {
    down_table(w, s);
    return;
  }
  if (!tag) {
    for (size_t i = 0; json_is_array(s->value) && i < spot_count(s); i++) {
      spot one = spot_element(s, i);
      if (!take_value(w, &one, word, false)) down(w, &one, word);
    }
    return;
  }
  spot of = spot_member(s, "of"), args = spot_member(s, "args");
  if (spot_there(&of)) down(w, &of, tag);
  bool named = !strcmp(tag, "at_least") || !strcmp(tag, "at_most") || !strcmp(tag, "more_than") ||
               !strcmp(tag, "less_than") || !strcmp(tag, "between");
  for (size_t i = 0; i < spot_count(&args); i++) {
    spot one = spot_element(&args, i);
    const char *inside = named && !spot_there(&of) ? word : tag; /* days = at_least(2) is named by its key */
    if (!take_value(w, &one, inside, true)) down(w, &one, inside);
  }
}

/* ---- declarations ---- */

static void take_member(walk *w, const spot *of, const char *key, bool numeric) {
  spot one = spot_member(of, key);
  if (!spot_there(&one)) return;
  w->section = key;
  if (!take_value(w, &one, "", numeric)) down(w, &one, key);
  w->section = NULL;
}

static void parameter_places(walk *w, const spot *declaration) {
  const char *key, *word;
  json_t *unused, *inner;
  json_object_foreach((json_t *)declaration->value, key, unused) {
    if (!strcmp(key, "@") || !strcmp(key, "at")) continue;
    spot one = spot_member(declaration, key);
    w->id = w->parameter = arena_text(w->memory, key);
    for (size_t i = 0; i < spot_count(&one); i++) {
      spot entry = spot_item(&one, i), from = spot_member(&entry, "from"), said_value = spot_member(&entry, "value");
      w->section = spot_text(&from, "");
      take_value(w, &from, "from", false);
      if (take_value(w, &said_value, "value", true)) continue;
      json_object_foreach((json_t *)said_value.value, word, inner) {
        spot of_word = spot_member(&said_value, word);
        take_value(w, &of_word, arena_text(w->memory, word), true);
      }
    }
  }
  w->parameter = w->section = NULL;
}

static void rule_places(walk *w, const spot *declaration) {
  spot needs = spot_member(declaration, "needs");
  for (size_t i = 0; i < spot_count(&needs); i++) {
    static const char *const more[] = {"when", "unless", "suspended", "in_force"};
    spot one_need = spot_item(&needs, i), id = spot_item(&one_need, 0), body = spot_item(&one_need, 1);
    w->need = spot_text(&id, "");
    down(w, &body, NULL);
    for (size_t k = 0; k < sizeof more / sizeof *more; k++) {
      spot one = spot_member(&one_need, more[k]);
      if (spot_there(&one)) down(w, &one, more[k]);
    }
    w->need = NULL;
  }
  static const char *const rest[] = {"applies", "exempt", "suspended", "in_force", "gives", "first"};
  for (size_t k = 0; k < sizeof rest / sizeof *rest; k++) take_member(w, declaration, rest[k], false);
}

static void recognition_places(walk *w, const spot *declaration) {
  bool flat = spot_count(declaration) != 1 || !json_is_array(json_object_get(declaration->value, "1"));
  spot first = spot_item(declaration, 0);
  const spot *list = flat ? declaration : &first;
  for (size_t i = 0; i < spot_count(list); i++) {
    spot line = spot_item(list, i), as = spot_member(&line, "as");
    w->section = spot_text(&as, "");
    down(w, &line, NULL);
  }
  w->section = NULL;
}

static void period_places(walk *w, const spot *declaration) {
  spot starts = spot_member(declaration, "starts"), lasts = spot_member(declaration, "lasts"),
       year = spot_member(declaration, "year_starts");
  const char *text = json_string_value(year.value);
  take_value(w, &starts, "starts", false);
  if (spot_there(&lasts)) down(w, &lasts, "lasts");
  if (text && strlen(text) == 5) found(w, &year, MOVES_MONTH_DAY, text, "year_starts", NULL);
}

static void group_places(walk *w, const spot *declaration) {
  static const char *const keys[] = {"limits", "every", "from", "until", "where"};
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    spot one = spot_member(declaration, keys[k]);
    if (spot_there(&one) && !take_value(w, &one, keys[k], false)) down(w, &one, keys[k]);
  }
}

void movables_find(arena *a, const pack *p, json_t *image, movables *out) {
  faults *unused = faults_new(a); /* what is wrong has been said when the pack was compiled */
  declaring to = {.memory = a, .problems = unused, .text = &p->text};
  json_t *all = json_object_get(image, "declarations"), *one;
  size_t index;
  json_array_foreach(all, index, one) {
    if (strcmp(declared_in(a, one), p->id) != 0) continue;
    spot root = spot_root(&to, one), id = spot_member(&root, "id");
    const char *tag = json_member_text(one, "@");
    walk w = {.memory = a, .pack = p, .out = out, .declared = tag, .id = spot_text(&id, "")};
    if (text_same(tag, "parameters")) parameter_places(&w, &root);
    if (text_same(tag, "rule")) rule_places(&w, &root);
    if (text_same(tag, "recognition")) recognition_places(&w, &root);
    if (text_same(tag, "period")) period_places(&w, &root);
    if (text_same(tag, "selection") || text_same(tag, "coverage") || text_same(tag, "series")) group_places(&w, &root);
  }
}

/* ---- a step ---- */

/* "0.25" plus one in the second place; "1/45" is 1/46 one step down, 1/44 one step up. */
static json_t *step_number(arena *a, const char *was, int step, const char **text) {
  const char *slash = strchr(was, '/'), *point = strchr(was, '.');
  fraction f;
  if (!fraction_read(was, &f)) return NULL;
  if (slash && f.above == 1) {
    if (f.below - step < 1) return NULL;
    *text = arena_format(a, "1/%lld", (long long)(f.below - step));
    return json_string(*text);
  }
  if (slash) {
    *text = arena_format(a, "%lld/%lld", (long long)f.above + step, (long long)f.below);
    return json_string(*text);
  }
  int64_t below = 1;
  for (size_t i = 1; point && point[i]; i++) below *= 10;
  fraction moved;
  if (!fraction_make(step, below, &moved) || !fraction_add(f, moved, &moved)) return NULL;
  *text = fraction_text(a, moved);
  return point ? json_string(*text) : json_integer(moved.above);
}

json_t *movable_step(arena *a, const movable *m, int step, const char **text) {
  char iso[11];
  day d;
  switch (m->form) {
  case MOVES_NUMBER:
    return step_number(a, m->was, step, text);
  case MOVES_DAY:
    if (!day_read(m->was, &d)) return NULL;
    day_write(day_add(d, 0, 0, step), iso);
    *text = arena_text(a, iso);
    return json_string(*text);
  case MOVES_MONTH_DAY:
    if (!day_read(arena_format(a, "2001-%s", m->was), &d)) return NULL;
    day_write(day_add(d, 0, 0, step), iso);
    *text = arena_text(a, iso + 5);
    return json_string(*text);
  case MOVES_WORD: {
    int at = scale_position(m->scale, m->was) + step;
    if (at < 0 || (size_t)at >= m->scale->count) return NULL;
    *text = m->scale->words[at].word;
    return json_string(*text);
  }
  }
  return NULL;
}
