#include "pack/basis.h"

#include "base/json.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct resting {
  const pack *pack;
  const json_t *declarations;
  json_t *found; /* by tag and id: what is rested on, places left out */
  bool wide;     /* the whole image */
} resting;

/* Where something stands in a file is nothing that it says. */
static json_t *without_places(const json_t *what) {
  json_t *out, *one;
  size_t index;
  const char *key;
  if (json_is_array(what)) {
    out = json_array();
    json_array_foreach((json_t *)what, index, one) json_array_append_new(out, without_places(one));
    return out;
  }
  if (!json_is_object(what)) return json_incref((json_t *)what);
  bool tagged = json_object_get(what, "@") != NULL;
  out = json_object();
  json_object_foreach((json_t *)what, key, one) {
    if (!tagged || strcmp(key, "at") != 0) json_object_set_new(out, key, without_places(one));
  }
  return out;
}

static void rest_on(resting *r, const char *tag, const char *id, const json_t *what);

/* The newest declaration of a word with an id. */
static const json_t *declared(const resting *r, const char *tag, const char *id) {
  for (size_t i = json_array_size(r->declarations); i > 0; i--) {
    const json_t *one = json_array_get(r->declarations, i - 1);
    if (text_same(json_member_text(one, "@"), tag) && text_same(json_member_text(one, "id"), id)) return one;
  }
  return NULL;
}

static const json_t *declared_parameter(const resting *r, const char *id) {
  for (size_t i = json_array_size(r->declarations); i > 0; i--) {
    const json_t *one = json_array_get(r->declarations, i - 1), *found = NULL;
    if (text_same(json_member_text(one, "@"), "parameters")) found = json_object_get(one, id);
    if (found) return found;
  }
  return NULL;
}

/* A text that is the name of something rests on it, whatever it stands for: too much is no mistake here. */
static void name(resting *r, const char *text) {
  static const char *const tags[] = {"rule", "recognition", "period"};
  static const char *const groups[] = {"selection", "coverage", "series"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    const json_t *found = declared(r, tags[i], text);
    if (found) rest_on(r, tags[i], text, found);
  }
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) r->wide = r->wide || declared(r, groups[i], text) != NULL;
  const json_t *parameter_found = declared_parameter(r, text);
  if (parameter_found) rest_on(r, "parameter", text, parameter_found);
}

static void names_in(resting *r, const json_t *what) {
  json_t *one;
  size_t index;
  const char *key;
  if (json_is_string(what)) name(r, json_string_value(what));
  if (json_is_array(what)) {
    json_array_foreach((json_t *)what, index, one) names_in(r, one);
  } else if (json_is_object(what)) {
    const char *tag = json_member_text(what, "@");
    r->wide = r->wide || text_same(tag, "function");
    if (text_same(tag, "recognised")) name(r, json_string_value(json_array_get(json_object_get(what, "args"), 0)));
    json_object_foreach((json_t *)what, key, one) {
      if (!tag || strcmp(key, "at") != 0) names_in(r, one);
    }
  }
}

static void rest_on(resting *r, const char *tag, const char *id, const json_t *what) {
  buffer key = {0};
  buffer_format(&key, "%s %s", tag, id);
  if (!json_object_get(r->found, key.at)) {
    json_object_set_new(r->found, key.at, without_places(what));
    names_in(r, what);
  }
  buffer_free(&key);
}

static void rest_on_words(resting *r) {
  static const char *const tags[] = {"kinds", "scales", "ladder"};
  json_t *all = json_array(), *one;
  size_t index;
  json_array_foreach((json_t *)r->declarations, index, one) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
      if (text_same(json_member_text(one, "@"), tags[i])) json_array_append_new(all, without_places(one));
  }
  json_object_set_new(r->found, "words", all);
}

static digest whole_image(const pack *p, const offers *natives) {
  arena *a = arena_new();
  faults *unheard = faults_new(a); /* that a rule has no plugin is said when it is asked */
  digest_stream *s = digest_begin(a);
  digest_add(s, p->image.bytes, sizeof p->image.bytes);
  for (size_t i = 0; natives && i < p->rules_count; i++) {
    if (p->rules[i].way != RULE_NATIVE) continue;
    const offer *found = offers_named(natives, OFFER_RULE, p->rules[i].native, unheard);
    int file = found ? open(found->file, O_RDONLY | O_CLOEXEC) : -1;
    digest of_file;
    if (file >= 0 && digest_of_file(file, &of_file)) digest_add(s, of_file.bytes, sizeof of_file.bytes);
    if (file >= 0) close(file);
  }
  digest out = digest_end(s);
  arena_free(a);
  return out;
}

digest basis_of_rule(const pack *p, int32_t rule_at, const offers *natives) {
  const rule *own = &p->rules[rule_at];
  resting r = {.pack = p, .declarations = json_object_get(p->data, "declarations"), .found = json_object()};
  r.wide = own->way != RULE_NEEDS;
  name(&r, own->id);
  for (size_t k = 0; own->uses && k < p->rules_count; k++)
    if (own->uses[k]) name(&r, p->rules[k].id);
  for (size_t k = 0; k < p->rules_count && !r.wide; k++) {
    buffer key = {0};
    buffer_format(&key, "rule %s", p->rules[k].id);
    r.wide = p->rules[k].way != RULE_NEEDS && json_object_get(r.found, key.at);
    buffer_free(&key);
  }
  rest_on_words(&r);
  arena *a = arena_new();
  const char *text = json_canonical(a, r.found);
  digest out = r.wide ? whole_image(p, natives) : digest_of(text, strlen(text));
  arena_free(a);
  json_decref(r.found);
  return out;
}
