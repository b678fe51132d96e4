/* Tags: which words matter to the declarations, and what a match says of a combination of them. */
#include "pack/batch_inside.h"

#include <string.h>

/* ---- which words matter ---- */

static const path_column columns_told[TAG_COLUMNS] = {COLUMN_KIND, COLUMN_LEVEL, COLUMN_MODE, COLUMN_STATUS,
                                                      COLUMN_UNIT};

bool batch_path_is_column(const path *p, path_column *column) {
  if (p->count != 1 || p->steps[0].form != STEP_COLUMN) return false;
  for (int i = 0; i < TAG_COLUMNS; i++)
    if (columns_told[i] == p->steps[0].column) {
      *column = p->steps[0].column;
      return true;
    }
  return false;
}

/* A row's own columns and attributes stay as they are; where a path leads may be another place on another day. */
bool batch_path_may_change(const path *p) {
  return p->count > 1 ||
         (p->count == 1 && p->steps[0].form != STEP_COLUMN && p->steps[0].form != STEP_ATTRIBUTE &&
          p->steps[0].form != STEP_ROW && p->steps[0].form != STEP_SUBJECT && p->steps[0].form != STEP_OBJECT);
}

static tag_column *column_of(batch_ground *g, path_column column) {
  for (int i = 0; i < TAG_COLUMNS; i++)
    if (columns_told[i] == column) return &g->columns[i];
  return NULL;
}

static bool name_word(batch_ground *g, tag_column *c, uint32_t code) {
  if (!code) return true;
  if (!c->small) {
    c->small = memory_take((size_t)g->subjects->word_count + 1);
    c->small[0] = 1; /* no word at all; words that nothing names are 0 */
    c->dimension = 2;
  }
  if (c->small[code]) return true;
  if (c->dimension > UINT8_MAX) return false;
  c->small[code] = (uint8_t)c->dimension++;
  return true;
}

static bool name_text(batch_ground *g, path_column column, const char *text) {
  return !text || name_word(g, column_of(g, column), subjects_word(g->subjects, text));
}

static bool name_match(batch_ground *g, const view *v, const match *what) {
  if (!what) return true;
  bool good = true;
  for (size_t i = 0; i < what->conditions_count; i++) {
    const condition *c = &what->conditions[i];
    path_column column;
    if (!batch_path_is_column(&c->what, &column)) continue;
    if (c->form == TEST_NONE || c->form == TEST_ANY) {
      tag_column *own = column_of(g, column);
      if (!own->small) good = good && name_word(g, own, 1); /* whether there is a word is told apart */
    }
    for (size_t w = 0; c->form == TEST_WORDS && w < c->words_count; w++)
      good = good && name_word(g, column_of(g, column), v->codes[c->words[w]]);
  }
  for (size_t i = 0; i < what->any_count; i++) good = good && name_match(g, v, &what->any[i]);
  return good;
}

static bool name_parameters(batch_ground *g, const program *p) {
  bool good = true;
  for (size_t i = 0; i < p->count; i++) {
    const expr_node *n = &p->nodes[i];
    path_column column;
    if (n->op != OP_PARAMETER || !n->path.count || !batch_path_is_column(&n->path, &column)) continue;
    const parameter *read = n->limit.parameter;
    for (size_t e = 0; e < read->entries_count; e++)
      for (size_t w = 0; w < read->entries[e].words_count; w++)
        good = good && name_text(g, column, read->entries[e].words[w].word);
  }
  return good;
}

static bool name_recognition(batch_ground *g, const view *v, const recognition *r) {
  bool good = name_parameters(g, &r->program);
  if (r->unit) good = good && name_text(g, COLUMN_UNIT, r->unit);
  for (size_t i = 0; i < r->from_count; i++) good = good && name_text(g, COLUMN_UNIT, r->from[i]);
  for (size_t i = 0; i < r->lines_count; i++) {
    const recognition_line *line = &r->lines[i];
    good = good && name_match(g, v, &line->when);
    const char *unit = line->rate >= 0 ? r->program.nodes[line->rate].unit : NULL;
    const char *slash = unit ? strchr(unit, '/') : NULL;
    if (slash) good = good && name_text(g, COLUMN_UNIT, slash + 1);
  }
  return good;
}

static bool name_pack(batch_ground *g, const view *v, const pack *p) {
  bool good = true;
  for (size_t i = 0; i < p->recognitions_count; i++) good = good && name_recognition(g, v, &p->recognitions[i]);
  for (size_t i = 0; i < p->rules_count; i++)
    for (size_t n = 0; n < p->rules[i].program.count; n++)
      good = good && name_match(g, v, p->rules[i].program.nodes[n].match);
  return good;
}

bool batch_tags_make(batch_ground *g, evaluation *const *all, size_t count) {
  const fact_columns *t = &g->subjects->of[FACT_RECORD];
  const uint32_t *const words[TAG_COLUMNS] = {t->kind, t->level, t->mode, t->status, t->unit};
  bool good = true;
  for (int i = 0; i < TAG_COLUMNS; i++) g->columns[i] = (tag_column){.words = words[i], .dimension = 1};
  for (size_t i = 0; i < count; i++) good = good && name_pack(g, all[i]->view, all[i]->pack);
  uint64_t tags = 1;
  for (int i = 0; i < TAG_COLUMNS; i++) {
    tags *= g->columns[i].dimension;
    if (tags > TAGS_MOST) return false;
  }
  g->tags = (uint32_t)tags;
  return good;
}

/* ---- matches ---- */

static bool limit_changes(const batch *b, const limit *l) {
  day next = DAY_EVER;
  if (l->parameter) (void)parameter_on(l->parameter, b->e->on, &next);
  return next != DAY_EVER;
}

static bool may_change(const batch *b, const match *what) {
  for (size_t i = 0; i < what->conditions_count; i++) {
    const condition *c = &what->conditions[i];
    if (batch_path_may_change(&c->what) || limit_changes(b, &c->limit) || limit_changes(b, &c->other)) return true;
  }
  for (size_t i = 0; i < what->any_count; i++)
    if (may_change(b, &what->any[i])) return true;
  return false;
}

void batch_match_make(batch *b, batch_match *out, const match *what) {
  *out = (batch_match){.what = what};
  if (!what) return;
  out->always = may_change(b, what);
  out->truths = arena_take(b->memory, b->ground->tags);
}

/* What the words of a row alone say: unknown where anything else would have to be asked. */
static truth words_say(const batch *b, const match *what, uint32_t row) {
  truth answer = TRUTH_YES;
  for (size_t i = 0; i < what->conditions_count; i++) {
    const condition *c = &what->conditions[i];
    path_column column;
    bool words = batch_path_is_column(&c->what, &column) &&
                 (c->form == TEST_WORDS || c->form == TEST_NONE || c->form == TEST_ANY);
    const match one = {.conditions = c, .conditions_count = 1};
    answer = truth_and(answer, words ? match_row(b->e->view, &one, FACT_RECORD, row, b->e->on) : TRUTH_UNKNOWN);
  }
  if (!what->any_count) return answer;
  truth any = TRUTH_NO;
  for (size_t i = 0; i < what->any_count; i++) any = truth_or(any, words_say(b, &what->any[i], row));
  return truth_and(answer, any);
}

truth batch_tag_says(batch *b, const batch_match *m, uint32_t at) {
  if (!m->what) return TRUTH_YES;
  uint8_t *told = &m->truths[b->rows->tag[at]];
  if (*told == TAG_NOT_ASKED) {
    truth t = words_say(b, m->what, b->rows->row[at]);
    *told = t == TRUTH_YES ? TAG_YES : t == TRUTH_NO ? TAG_NO : TAG_ASK;
  }
  return *told == TAG_ASK ? TRUTH_UNKNOWN : *told == TAG_YES ? TRUTH_YES : TRUTH_NO;
}

truth batch_matches(batch *b, const batch_match *m, uint32_t at, day parameters_on, day *until) {
  truth t = m->always ? TRUTH_UNKNOWN : batch_tag_says(b, m, at);
  if (t != TRUTH_UNKNOWN || !m->what) return t;
  b->e->until = DAY_EVER;
  t = match_row(b->e->view, m->what, FACT_RECORD, b->rows->row[at], parameters_on);
  if (b->e->until < *until) *until = b->e->until;
  return t;
}
