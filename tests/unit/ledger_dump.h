/* Everything that subjects say, as text, without what may differ: numbers of facts, entities and imports. */
#ifndef HONGZHU_TESTS_LEDGER_DUMP_H
#define HONGZHU_TESTS_LEDGER_DUMP_H

#include "unit/ledger_support.h"

static inline void dump_index(buffer *out, const char *name, const subject_index *index, uint32_t count) {
  buffer_format(out, "%s:", name);
  for (uint32_t s = 0; s < count; s++) {
    for (uint32_t k = index->offset[s]; k < index->offset[s + 1]; k++) buffer_format(out, " %u", index->rows[k]);
    buffer_text(out, ";");
  }
  buffer_text(out, "\n");
}

static inline void dump_table(buffer *out, const subjects *s, fact_type type) {
  const fact_columns *c = &s->of[type];
  for (uint32_t k = 0; k < c->count; k++) {
    buffer_format(out, "%s %u: %s %s %s %s %s %s %s, %d:%d %d:%d %d, %d..%d, %lld/%d, at %u %d %lld %d",
                  fact_type_name(type), k, s->words[c->kind[k]], s->words[c->code[k]], s->words[c->name[k]],
                  s->words[c->level[k]], s->words[c->mode[k]], s->words[c->status[k]], s->words[c->unit[k]],
                  c->subject_type[k], c->subject[k], c->object_type[k], c->object[k], c->place[k], c->since[k],
                  c->until[k], (long long)c->amount[k], c->bound[k], c->source[k], c->sheet[k], (long long)c->row[k],
                  c->part[k]);
    for (uint32_t a = c->attribute[k]; a < c->attribute[k + 1]; a++)
      buffer_format(out, " %s=%d/%d/%lld", s->words[s->attributes.name[a]], s->attributes.type[a],
                    s->attributes.bound[a], (long long)s->attributes.value[a]);
    if (type == FACT_RECORD) {
      for (fact_type of = FACT_PERSON; of < FACT_TYPES; of++) {
        if (s->record_of[of] != NULL) buffer_format(out, " of %d", s->record_of[of][k]);
      }
    }
    buffer_text(out, "\n");
  }
}

static inline char *dump_text(bench *b, const subjects *s) {
  buffer out = {0};
  buffer_format(&out, "words %u\n", s->word_count);
  for (uint32_t k = 1; k <= s->word_count; k++) buffer_format(&out, "%s\n", s->words[k]);
  for (uint32_t k = 0; k < s->source_count; k++) {
    char digits[DIGEST_TEXT];
    digest_text(s->sources[k].file, digits);
    buffer_format(&out, "source %s %s\n", digits, s->sources[k].file_name);
  }
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) dump_table(&out, s, type);
  dump_index(&out, "posts", &s->posts, s->of[FACT_PERSON].count);
  dump_index(&out, "staff", &s->staff, s->of[FACT_ORGANIZATION].count);
  dump_index(&out, "children", &s->children, s->of[FACT_ORGANIZATION].count);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (s->records[type].offset != NULL) dump_index(&out, "records", &s->records[type], s->of[type].count);
    if (s->enrollments[type].offset != NULL) dump_index(&out, "enrollments", &s->enrollments[type], s->of[type].count);
    if (s->relations[type].offset != NULL) dump_index(&out, "relations", &s->relations[type], s->of[type].count);
  }
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  return text;
}

static inline char *dump_after(bench *b, int64_t known_after) {
  subjects *s = subjects_open_after(b->ledger, known_after, b->problems);
  if (s == NULL) bench_show(b);
  assert_non_null(s);
  char *text = dump_text(b, s);
  subjects_close(s);
  return text;
}

static inline char *dump_now(bench *b) {
  return dump_after(b, ledger_last(b->ledger));
}

#endif
