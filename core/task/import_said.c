#include "task/import_said.h"

#include <string.h>

enum { EACH = 3, KINDS_MOST = 100 };

bool import_said_now(import_said *s, const fault *f) {
  const char *column = f->where.column == NULL ? "" : f->where.column;
  for (size_t i = 0; i < s->count; i++) {
    said_fault *before = &s->items[i];
    if (strcmp(before->column, column) != 0 || strcmp(before->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_EN]) != 0)
      continue;
    return ++before->times <= EACH;
  }
  if (s->count == KINDS_MOST) {
    s->unsaid++;
    return false;
  }
  said_fault *first = ARENA_PUSH(s->memory, s->items, s->count, s->capacity);
  *first = (said_fault){.column = arena_text(s->memory, column), .times = 1};
  for (int in = 0; in < LANGUAGES; in++) first->what.in[in] = arena_text(s->memory, f->what.in[in]);
  return true;
}

void import_said_times(const import_said *s, const char *file, faults *problems) {
  for (size_t i = 0; i < s->count; i++) {
    const said_fault *one = &s->items[i];
    const long long more = (long long)(one->times - EACH);
    if (more <= 0) continue;
    place where = {.file = file, .column = one->column[0] == '\0' ? NULL : one->column};
    char *en = arena_format(s->memory, "%s, in %lld more rows", one->what.in[LANGUAGE_EN], more);
    char *zh = arena_format(s->memory, "%s（另有 %lld 行）", one->what.in[LANGUAGE_ZH], more);
    fault_add(problems, where, "%s%.0s", "%.0s%s", en, zh);
  }
  if (s->unsaid > 0)
    fault_add(problems, (place){.file = file}, "%lld more cells have other faults", "另有 %lld 个单元格有其他错误",
              (long long)s->unsaid);
}
