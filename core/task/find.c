#include "task/find.h"

#include <stdlib.h>
#include <string.h>

typedef enum by { BY_CODE, BY_NAME, BY_TAIL, BYS } by;

enum { TAIL = 4, NAMED_MOST = 8, NEAR_MOST = 5000 };

/* The last four characters asked for: "003X", "…003x", "...003X"; NULL where the text is none. */
static const char *tail_of(arena *a, const char *text) {
  char *key = text_key(a, text);
  static const char *const marks[] = {"…", "...", "···", "**"};
  const char *at = key;
  for (size_t i = 0; i < 4; i++)
    if (!strncmp(at, marks[i], strlen(marks[i]))) at += strlen(marks[i]);
  while (*at == '*') at++;
  return strlen(at) == TAIL ? at : NULL;
}

static bool is(arena *a, const subjects *s, fact_type type, uint32_t row, by way, const char *key, const char *tail) {
  const fact_columns *t = &s->of[type];
  if (way == BY_TAIL)
    return type == FACT_PERSON && tail && t->status[row] && !strcmp(text_key(a, s->words[t->status[row]]), tail);
  uint32_t word = way == BY_CODE ? t->code[row] : t->name[row];
  return word && !strcmp(text_key(a, s->words[word]), key);
}

/* What tells a person from others of the name: the code, else the end of the ID number. */
static void add_mark(buffer *list, const subjects *s, fact_type type, uint32_t row) {
  const fact_columns *t = &s->of[type];
  if (list->length) buffer_text(list, ", ");
  if (t->code[row])
    buffer_text(list, s->words[t->code[row]]);
  else if (type == FACT_PERSON && t->status[row])
    buffer_format(list, "…%s", s->words[t->status[row]]);
  else
    buffer_text(list, "?");
}

/* Written exactly as the ledger has it: no text needs to be looked at. */
static bool find_exactly(const subjects *s, fact_type type, const char *text, uint32_t *row) {
  uint32_t word = subjects_word(s, text), count = 0;
  for (uint32_t i = 0; word && i < s->of[type].count; i++)
    if (s->of[type].code[i] == word && count++ == 0) *row = i;
  return count == 1;
}

found_one find_row(const subjects *s, fact_type type, const char *text, uint32_t *row, faults *problems) {
  if (find_exactly(s, type, text, row)) return FOUND_ONE;
  arena *a = arena_new(), *each = arena_new();
  const char *key = text_key(a, text), *tail = tail_of(a, text);
  buffer list = {0};
  size_t count = 0;
  for (int way = BY_CODE; way < BYS && !count; way++) {
    for (uint32_t i = 0; i < s->of[type].count; i++) {
      bool same = is(each, s, type, i, (by)way, key, tail);
      arena_reset(each);
      if (!same) continue;
      if (count++ == 0) *row = i;
      if (count <= NAMED_MOST) add_mark(&list, s, type, i);
    }
  }
  if (count > 1) {
    fault_add(problems, NOWHERE, "\"%s\" is more than one: %s%s", "“%s”不止一个：%s%s", text, list.at,
              count > NAMED_MOST ? ", …" : "");
    fault_next(problems, "give the code, or the last four characters of the ID number", "请给出编号，或身份证号后四位");
  }
  buffer_free(&list);
  arena_free(each);
  arena_free(a);
  return count == 0 ? FOUND_NONE : count == 1 ? FOUND_ONE : FOUND_SEVERAL;
}

bool find_nothing(const subjects *s, const char *code, faults *problems) {
  const fact_columns *t = &s->of[FACT_PERSON];
  size_t count = t->count < NEAR_MOST ? t->count : NEAR_MOST;
  const char **codes = memory_take((count + 1) * sizeof *codes);
  for (size_t i = 0; i < count; i++) codes[i] = s->words[t->code[i]];
  fault_add(problems, NOWHERE, "nobody and nothing in the ledger has the code \"%s\"",
            "台账中没有编号为“%s”的人员、单位、批次或项目", code);
  const char *near = text_nearest(code, codes, count);
  free(codes);
  if (near) return fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return fault_next(problems, "hongzhu status shows what the ledger holds", "用 hongzhu status 查看台账内容");
}
