#include "pack/decision.h"

#include "base/compact.h"

#include <string.h>

/* ---- bytes ---- */

static void put_number(buffer *b, int64_t number) {
  unsigned char bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
  buffer_bytes(b, bytes, 8);
}

static void put_byte(buffer *b, int byte) {
  unsigned char one = (unsigned char)byte;
  buffer_bytes(b, &one, 1);
}

static void put_fraction(buffer *b, fraction f) {
  put_number(b, f.above);
  put_number(b, f.below);
}

static void put_text(buffer *b, const char *text) {
  put_number(b, text ? (int64_t)strlen(text) : -1);
  if (text) buffer_bytes(b, text, strlen(text));
}

typedef struct source_bytes {
  const unsigned char *at;
  size_t left;
  bool good;
  arena *memory;
} source_bytes;

static int64_t take_number(source_bytes *s) {
  if (s->left < 8) {
    s->good = false;
    return 0;
  }
  uint64_t number = 0;
  for (int i = 0; i < 8; i++) number |= (uint64_t)s->at[i] << (8 * i);
  s->at += 8;
  s->left -= 8;
  return (int64_t)number;
}

static int take_byte(source_bytes *s) {
  if (!s->left) {
    s->good = false;
    return 0;
  }
  s->left--;
  return *s->at++;
}

static fraction take_fraction(source_bytes *s) {
  fraction f = {take_number(s), 0};
  f.below = take_number(s);
  if (f.below <= 0) {
    s->good = false;
    return FRACTION_ZERO;
  }
  return f;
}

static const char *take_text(source_bytes *s) {
  int64_t length = take_number(s);
  if (length < 0) return NULL;
  if (!s->good || (uint64_t)length > s->left || !text_is_utf8((const char *)s->at, (size_t)length)) {
    s->good = false;
    return NULL;
  }
  const char *text = arena_text_of(s->memory, (const char *)s->at, (size_t)length);
  s->at += length;
  s->left -= (size_t)length;
  return text;
}

/* A count of things of at least `size` bytes each: never more than what is left could hold. */
static size_t take_count(source_bytes *s, size_t size) {
  int64_t count = take_number(s);
  if (count < 0 || (uint64_t)count > s->left / size) {
    s->good = false;
    return 0;
  }
  return (size_t)count;
}

/* ---- needs ---- */

static void put_need(buffer *b, const need_result *n, const rule *r) {
  int64_t position = 0;
  while ((size_t)position < r->needs_count && strcmp(r->needs[position].id, n->need->id)) position++;
  put_number(b, position);
  put_text(b, n->each);
  put_number(b, n->each_year);
  put_byte(b, (int)n->outcome);
  put_byte(b, n->numbers);
  put_byte(b, (int)n->need->form.compare);
  const fraction zero = FRACTION_ZERO;
  const fraction *all[] = {&n->had, &n->had_most, &n->needed, &n->needed_most, &n->missing};
  for (size_t i = 0; i < 5; i++) put_fraction(b, n->numbers && all[i]->below ? *all[i] : zero);
}

static void needs_pack(const decision *d, const rule *r, buffer *out) {
  put_number(out, (int64_t)d->needs_count);
  for (size_t i = 0; i < d->needs_count; i++) put_need(out, &d->needs[i], r);
}

/* The needs of a stored decision, as few bytes as may be, since there is one for everyone. First comes what many have
 * alike: which needs there are, and how much is needed; then what a subject has of each. */
enum {                       /* of a need, in what many have alike */
       NEED_NUMBERS = 1,     /* had and needed follow */
       NEED_SAME_ID = 2,     /* as of the need before: it does not follow */
       NEED_SAME_NEEDED = 4, /* likewise */
       NEED_NEEDS_WHOLE = 8  /* no denominator follows */
};
enum {                     /* of a need, in what follows */
       NEED_OUTCOME = 3,   /* two bits */
       NEED_RANGE = 4,     /* had is not known exactly: the most of it follows */
       NEED_MISSING = 8,   /* missing is not 0 and follows */
       NEED_HAD_WHOLE = 16 /* no denominators follow */
};

enum { NEEDS_FORMAT = 3, NUMBERS_MOST = 8 * COMPACT_MOST + 2 };

static unsigned char *small_fraction(unsigned char *to, fraction f, bool whole) {
  to = compact_put(to, compact_sign(f.above));
  return whole ? to : compact_put(to, (uint64_t)f.below);
}

static bool same_fraction(fraction a, fraction b) {
  return a.above == b.above && a.below == b.below;
}

static void put_small_text(buffer *out, const char *text, bool absent) {
  unsigned char bytes[COMPACT_MOST];
  size_t length = text ? strlen(text) : 0;
  buffer_bytes(out, bytes, (size_t)(compact_put(bytes, text ? length + absent : 0) - bytes));
  if (length) buffer_bytes(out, text, length);
}

static void put_alike(buffer *out, const need_result *n, const need_result *before) {
  unsigned char bytes[NUMBERS_MOST], *to = bytes;
  bool same_id = before && (before->need == n->need || !strcmp(before->need->id, n->need->id));
  bool same_needed = n->numbers && before && before->numbers && same_fraction(before->needed, n->needed);
  bool whole = n->numbers && !same_needed && n->needed.below == 1;
  *to = (unsigned char)((n->numbers ? NEED_NUMBERS : 0) | (same_id ? NEED_SAME_ID : 0) |
                        (same_needed ? NEED_SAME_NEEDED : 0) | (whole ? NEED_NEEDS_WHOLE : 0));
  buffer_bytes(out, bytes, 1);
  if (!same_id) put_small_text(out, n->need->id, false);
  put_small_text(out, n->each, true);
  if (n->numbers && !same_needed) buffer_bytes(out, bytes, (size_t)(small_fraction(to, n->needed, whole) - bytes));
}

static unsigned char *put_own(unsigned char *to, const need_result *n) {
  unsigned char *head = to++;
  bool range = n->numbers && !same_fraction(n->had, n->had_most);
  bool missing = n->numbers && n->missing.above != 0;
  bool whole =
      n->numbers && n->had.below == 1 && (!range || n->had_most.below == 1) && (!missing || n->missing.below == 1);
  *head = (unsigned char)((int)n->outcome | (range ? NEED_RANGE : 0) | (missing ? NEED_MISSING : 0) |
                          (whole ? NEED_HAD_WHOLE : 0));
  if (!n->numbers) return to;
  to = small_fraction(to, n->had, whole);
  if (range) to = small_fraction(to, n->had_most, whole);
  if (missing) to = small_fraction(to, n->missing, whole);
  return to;
}

size_t decision_needs_pack(const decision *d, buffer *out) {
  enum { TOGETHER = 16 };
  unsigned char bytes[TOGETHER * NUMBERS_MOST] = {NEEDS_FORMAT}, *to = compact_put(bytes + 1, d->needs_count);
  const size_t begun = out->length;
  buffer_bytes(out, bytes, (size_t)(to - bytes));
  for (size_t i = 0; i < d->needs_count; i++) put_alike(out, &d->needs[i], i ? &d->needs[i - 1] : NULL);
  const size_t alike = out->length - begun;
  for (size_t i = 0; i < d->needs_count;) {
    to = bytes;
    for (int k = 0; k < TOGETHER && i < d->needs_count; k++) to = put_own(to, &d->needs[i++]);
    buffer_bytes(out, bytes, (size_t)(to - bytes));
  }
  return alike;
}

static fraction small_fraction_take(compact_source *s, bool whole) {
  uint64_t above = compact_take(s), below = whole ? 1 : compact_take(s);
  if (!below || below > INT64_MAX) {
    s->good = false;
    return FRACTION_ZERO;
  }
  return (fraction){compact_signed(above), (int64_t)below};
}

static const char *small_text(compact_source *s, uint64_t length, arena *a) {
  const char *at = (const char *)compact_bytes(s, length);
  if (!at || !text_is_utf8(at, (size_t)length)) {
    s->good = false;
    return NULL;
  }
  return arena_text_of(a, at, (size_t)length);
}

static const need *need_of(const rule *r, const char *id) {
  for (size_t k = 0; id && k < r->needs_count; k++)
    if (!strcmp(r->needs[k].id, id)) return &r->needs[k];
  return NULL;
}

static void take_alike(compact_source *s, arena *a, const rule *r, need_result *n, const need_result *before) {
  int there = compact_byte(s);
  n->numbers = (there & NEED_NUMBERS) != 0;
  n->need = there & NEED_SAME_ID ? before ? before->need : NULL : need_of(r, small_text(s, compact_take(s), a));
  uint64_t each = compact_take(s);
  n->each = each ? small_text(s, each - 1, a) : NULL;
  n->needed = FRACTION_ZERO;
  if (there >= 2 * NEED_NEEDS_WHOLE || !n->need) s->good = false;
  if (!s->good || !n->numbers) return;
  if (!(there & NEED_SAME_NEEDED))
    n->needed = small_fraction_take(s, (there & NEED_NEEDS_WHOLE) != 0);
  else if (before && before->numbers)
    n->needed = before->needed;
  else
    s->good = false;
  n->needed_most = n->needed;
}

static void take_own(compact_source *s, need_result *n) {
  int there = compact_byte(s);
  bool whole = (there & NEED_HAD_WHOLE) != 0;
  n->outcome = (outcome)(there & NEED_OUTCOME);
  n->had = n->had_most = n->missing = FRACTION_ZERO;
  if (there >= 2 * NEED_HAD_WHOLE || (!n->numbers && there > NEED_OUTCOME)) s->good = false;
  if (!n->numbers) return;
  n->had = n->had_most = small_fraction_take(s, whole);
  if (there & NEED_RANGE) n->had_most = small_fraction_take(s, whole);
  if (there & NEED_MISSING) n->missing = small_fraction_take(s, whole);
}

static bool third_format(const unsigned char *bytes, size_t size, arena *a, const rule *r, decision *d) {
  compact_source s = {bytes + 1, size - 1, true};
  uint64_t count = compact_take(&s);
  if (!s.good || count > s.left / 2) return false;
  d->needs_count = (size_t)count;
  d->needs = arena_array(a, d->needs_count + 1, sizeof *d->needs);
  for (size_t i = 0; i < d->needs_count && s.good; i++) take_alike(&s, a, r, &d->needs[i], i ? &d->needs[i - 1] : NULL);
  for (size_t i = 0; i < d->needs_count && s.good; i++) take_own(&s, &d->needs[i]);
  return s.good && !s.left;
}

/* ---- as decisions were stored before ---- */

enum { /* of a need of the second format */
       SECOND_OUTCOME = 3,
       SECOND_NUMBERS = 4,
       SECOND_RANGE = 8,
       SECOND_MISSING = 16,
       SECOND_SAME_ID = 32,
       SECOND_SAME_NEEDED = 64,
       SECOND_WHOLE = 128
};

static bool second_need(compact_source *s, arena *a, const rule *r, need_result *n, const need_result *before) {
  int there = compact_byte(s);
  n->outcome = (outcome)(there & SECOND_OUTCOME);
  n->numbers = (there & SECOND_NUMBERS) != 0;
  n->need = there & SECOND_SAME_ID ? before ? before->need : NULL : need_of(r, small_text(s, compact_take(s), a));
  uint64_t each = compact_take(s);
  n->each = each ? small_text(s, each - 1, a) : NULL;
  n->had = n->had_most = n->needed = n->needed_most = n->missing = FRACTION_ZERO;
  if (!n->need || !s->good) return false;
  if (!n->numbers) return true;
  bool whole = (there & SECOND_WHOLE) != 0;
  n->had = n->had_most = small_fraction_take(s, whole);
  if (there & SECOND_RANGE) n->had_most = small_fraction_take(s, whole);
  if (!(there & SECOND_SAME_NEEDED))
    n->needed = small_fraction_take(s, whole);
  else if (before && before->numbers)
    n->needed = before->needed;
  else
    s->good = false;
  n->needed_most = n->needed;
  if (there & SECOND_MISSING) n->missing = small_fraction_take(s, whole);
  return s->good;
}

static bool second_format(const unsigned char *bytes, size_t size, arena *a, const rule *r, decision *d) {
  compact_source s = {bytes + 1, size - 1, true};
  uint64_t count = compact_take(&s);
  if (!s.good || count > s.left / 2) return false;
  d->needs_count = (size_t)count;
  d->needs = arena_array(a, d->needs_count + 1, sizeof *d->needs);
  for (size_t i = 0; i < d->needs_count; i++)
    if (!second_need(&s, a, r, &d->needs[i], i ? &d->needs[i - 1] : NULL)) return false;
  return s.good && !s.left;
}

static bool first_format(source_bytes *s, const rule *r, decision *d) {
  d->needs_count = take_count(s, 18);
  d->needs = arena_array(s->memory, d->needs_count + 1, sizeof *d->needs);
  for (size_t i = 0; i < d->needs_count && s->good; i++) {
    need_result *n = &d->needs[i];
    n->need = need_of(r, take_text(s));
    n->each = take_text(s);
    int o = take_byte(s);
    n->outcome = o < OUTCOMES ? (outcome)o : OUTCOME_UNKNOWN;
    n->numbers = take_byte(s) != 0;
    if (!n->need) return false;
    if (!n->numbers) continue;
    n->had = take_fraction(s);
    n->had_most = take_fraction(s);
    n->needed = n->needed_most = take_fraction(s);
    n->missing = take_fraction(s);
  }
  return s->good && !s->left;
}

bool decision_needs_unpack(const pack *p, const void *bytes, size_t size, arena *a, decision *d) {
  source_bytes s = {bytes, size, true, a};
  const rule *r = &p->rules[d->rule];
  switch (take_byte(&s)) {
  case 1:
    return first_format(&s, r, d);
  case 2:
    return second_format(bytes, size, a, r, d);
  case NEEDS_FORMAT:
    return third_format(bytes, size, a, r, d);
  default:
    return false;
  }
}

/* ---- explanations ---- */

static void put_left(buffer *b, const left *l, const expr_node *nodes) {
  put_number(b, l->row);
  put_byte(b, (int)l->type);
  put_byte(b, (int)l->reason);
  put_byte(b, l->amount_known);
  put_fraction(b, l->amount_known ? l->amount : FRACTION_ZERO);
  const expr_node *n = nodes && l->node >= 0 ? &nodes[l->node] : NULL;
  put_byte(b, n != NULL);
  if (!n) {
    put_number(b, l->node);
    return;
  }
  put_byte(b, (int)n->op);
  put_byte(b, (int)n->span);
  put_number(b, n->period);
  const expr_node *most = n->args_count ? &nodes[n->args[0]] : NULL;
  put_byte(b, most && most->op == OP_CONSTANT);
  put_fraction(b, most && most->op == OP_CONSTANT ? most->limit.number : FRACTION_ZERO);
  put_text(b, n->unit);
}

void explanation_pack(const explanation *x, const pack *p, buffer *out) {
  const decision *d = &x->decision;
  const rule *r = &p->rules[d->rule];
  put_byte(out, (int)d->outcome);
  put_byte(out, (int)d->why);
  put_text(out, d->said.in[LANGUAGE_ZH]);
  put_text(out, d->said.in[LANGUAGE_EN]);
  put_number(out, d->valid_until);
  needs_pack(d, r, out);
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_reasons *n = x->needs ? &x->needs[i] : &(need_reasons){0};
    put_number(out, (int64_t)n->counted_count);
    for (size_t k = 0; k < n->counted_count; k++) {
      const counted *c = &n->counted[k];
      put_number(out, c->row);
      put_byte(out, (int)c->type);
      put_byte(out, c->sure);
      put_byte(out, c->carried);
      put_fraction(out, c->amount);
      put_fraction(out, c->amount_most);
    }
    put_number(out, (int64_t)n->left_count);
    for (size_t k = 0; k < n->left_count; k++) put_left(out, &n->left[k], n->nodes);
  }
  put_number(out, (int64_t)x->parameters_count);
  for (size_t i = 0; i < x->parameters_count; i++) {
    const parameter_read *one = &x->parameters[i];
    put_number(out, one->parameter - p->parameters.items);
    put_number(out, one->entry ? one->entry - one->parameter->entries : -1);
    put_number(out, one->on);
  }
  put_number(out, (int64_t)x->unrecognised_count);
  for (size_t i = 0; i < x->unrecognised_count; i++) put_left(out, &x->unrecognised[i], NULL);
}

static uint32_t take_row(source_bytes *s, const subjects *of, fact_type *type, int64_t row) {
  int t = take_byte(s);
  if (t <= FACT_NONE || t >= FACT_TYPES || row < 0 || row >= of->of[t].count) {
    s->good = false;
    t = FACT_RECORD;
    row = 0;
  }
  *type = (fact_type)t;
  return (uint32_t)row;
}

/* Nodes that came from a worker stand in an array of their own: the step, and behind it its limit. */
static void take_left(source_bytes *s, const pack *p, const subjects *of, left *l, expr_node *nodes, size_t at) {
  int64_t row = take_number(s);
  l->row = take_row(s, of, &l->type, row);
  int reason = take_byte(s);
  l->reason = reason <= LEFT_UNRECOGNISED ? (left_reason)reason : LEFT_WHERE;
  l->amount_known = take_byte(s) != 0;
  l->amount = take_fraction(s);
  if (!take_byte(s)) { /* of a recognition, or none */
    int64_t node = take_number(s);
    bool known = !nodes && node >= 0 && (uint64_t)node < p->recognitions_count;
    if (!nodes && !known) s->good = false;
    l->node = known ? (int32_t)node : -1;
    return;
  }
  if (!nodes) {
    s->good = false;
    return;
  }
  expr_node *n = &nodes[2 * at], *most = &nodes[2 * at + 1];
  l->node = (int32_t)(2 * at);
  int op = take_byte(s), span = take_byte(s);
  int64_t period_at = take_number(s);
  if (op > OP_COMPARE || span > SPAN_EVER || period_at < -1 || period_at >= (int64_t)p->periods_count) s->good = false;
  n->op = s->good ? (expr_op)op : OP_RECORDS;
  n->span = s->good ? (span_form)span : SPAN_NONE;
  n->period = s->good ? (int32_t)period_at : -1;
  bool limited = take_byte(s) != 0;
  most->op = OP_CONSTANT;
  most->limit.number = take_fraction(s);
  n->unit = take_text(s);
  if (limited) {
    int32_t *args = arena_take(s->memory, sizeof *args);
    *args = (int32_t)(2 * at + 1);
    n->args = args;
    n->args_count = 1;
  }
}

static bool take_needs(source_bytes *s, const rule *r, decision *d) {
  d->needs_count = take_count(s, 100);
  d->needs = arena_array(s->memory, d->needs_count + 1, sizeof *d->needs);
  for (size_t i = 0; i < d->needs_count && s->good; i++) {
    need_result *n = &d->needs[i];
    int64_t position = take_number(s);
    if (position < 0 || (uint64_t)position >= r->needs_count) return s->good = false;
    need *own = arena_copy(s->memory, &r->needs[position], sizeof *own);
    n->need = own;
    n->each = take_text(s);
    n->each_year = (int32_t)take_number(s);
    int o = take_byte(s);
    n->outcome = o < OUTCOMES ? (outcome)o : OUTCOME_UNKNOWN;
    n->numbers = take_byte(s) != 0;
    int compare = take_byte(s);
    own->form.compare = compare <= EQUAL ? (comparison)compare : AT_LEAST;
    fraction *all[] = {&n->had, &n->had_most, &n->needed, &n->needed_most, &n->missing};
    for (size_t k = 0; k < 5; k++) *all[k] = take_fraction(s);
  }
  return s->good;
}

static void take_reasons(source_bytes *s, const pack *p, const subjects *of, need_reasons *n) {
  n->counted_count = take_count(s, 43);
  n->counted = arena_array(s->memory, n->counted_count + 1, sizeof *n->counted);
  for (size_t k = 0; k < n->counted_count && s->good; k++) {
    counted *c = &n->counted[k];
    int64_t row = take_number(s);
    c->row = take_row(s, of, &c->type, row);
    c->sure = take_byte(s) != 0;
    c->carried = take_byte(s) != 0;
    c->amount = take_fraction(s);
    c->amount_most = take_fraction(s);
  }
  n->left_count = take_count(s, 28);
  n->left = arena_array(s->memory, n->left_count + 1, sizeof *n->left);
  expr_node *nodes = arena_array(s->memory, 2 * n->left_count + 2, sizeof *nodes);
  n->nodes = nodes;
  for (size_t k = 0; k < n->left_count && s->good; k++) take_left(s, p, of, &n->left[k], nodes, k);
}

bool explanation_unpack(const pack *p, const subjects *of, const void *bytes, size_t size, arena *a, explanation *x) {
  source_bytes s = {bytes, size, true, a};
  decision *d = &x->decision;
  int o = take_byte(&s), why = take_byte(&s);
  d->outcome = o < OUTCOMES ? (outcome)o : OUTCOME_UNKNOWN;
  d->why = why <= WHY_SAID ? (decision_why)why : WHY_NEEDS;
  d->said.in[LANGUAGE_ZH] = take_text(&s);
  d->said.in[LANGUAGE_EN] = take_text(&s);
  d->valid_until = (day)take_number(&s);
  if (!take_needs(&s, &p->rules[d->rule], d)) return false;
  x->needs = arena_array(a, d->needs_count + 1, sizeof *x->needs);
  for (size_t i = 0; i < d->needs_count && s.good; i++) take_reasons(&s, p, of, &x->needs[i]);
  x->parameters_count = take_count(&s, 24);
  x->parameters = arena_array(a, x->parameters_count + 1, sizeof *x->parameters);
  for (size_t i = 0; i < x->parameters_count && s.good; i++) {
    int64_t which = take_number(&s), entry = take_number(&s), on = take_number(&s);
    if (which < 0 || (uint64_t)which >= p->parameters.count ||
        entry >= (int64_t)p->parameters.items[which].entries_count)
      return false;
    const parameter *one = &p->parameters.items[which];
    x->parameters[i] = (parameter_read){one, entry < 0 ? NULL : &one->entries[entry], (day)on};
  }
  x->unrecognised_count = take_count(&s, 28);
  x->unrecognised = arena_array(a, x->unrecognised_count + 1, sizeof *x->unrecognised);
  for (size_t i = 0; i < x->unrecognised_count && s.good; i++) take_left(&s, p, of, &x->unrecognised[i], NULL, 0);
  return s.good && !s.left;
}
