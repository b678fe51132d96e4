#include "task/review.h"
#include "base/system.h"

#include "task/rows_out.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct review_line {
  review_ask ask;
  const char *key;
  const char *rows; /* "12, 15" */
  size_t rows_count;
  review_decision decision;
  const char *means; /* as written */
} review_line;

struct review {
  arena *memory;
  review_line *lines;
  size_t count, capacity;
};

enum { R_WHAT, R_NAME, R_SCHOOL, R_CODE, R_TAIL, R_ROWS, R_CANDIDATES, R_DECISION, R_COLUMNS };

static const said titles[R_COLUMNS] = {
    {{"对象", "what"}},         {{"名称", "name"}},
    {{"单位", "organization"}}, {{"代码", "code"}},
    {{"证件尾号", "ID tail"}},  {{"行号", "rows"}},
    {{"候选", "candidates"}},   {{"决定（代码、新增 或 跳过）", "decision (a code, new or skip)"}}};

static const said type_words[FACT_TYPES] = {
    [FACT_PERSON] = {{"人员", "person"}},       [FACT_ORGANIZATION] = {{"单位", "organization"}},
    [FACT_PROGRAMME] = {{"项目", "programme"}}, [FACT_COHORT] = {{"批次", "cohort"}},
    [FACT_ACTIVITY] = {{"活动", "activity"}},   [FACT_ENROLLMENT] = {{"参训", "enrollment"}}};

review *review_new(arena *a) {
  review *r = arena_take(a, sizeof *r);
  r->memory = a;
  return r;
}

static const char *part_key(arena *a, const char *text) {
  return text == NULL ? "" : text_key(a, text);
}

static const char *key_of(arena *a, const review_ask *ask) {
  return arena_format(a, "%d|%s|%s|%s|%s", (int)ask->type, part_key(a, ask->code), part_key(a, ask->name),
                      part_key(a, ask->school), part_key(a, ask->tail));
}

static review_line *line_of(const review *r, const char *key) {
  for (size_t i = 0; i < r->count; i++)
    if (strcmp(r->lines[i].key, key) == 0) return &r->lines[i];
  return NULL;
}

review_decision review_of(const review *r, const review_ask *ask, const char **means) {
  const review_line *line = r == NULL || r->count == 0 ? NULL : line_of(r, key_of(r->memory, ask));
  *means = line == NULL ? NULL : line->means;
  return line == NULL ? REVIEW_OPEN : line->decision;
}

static review_line *new_line(review *r, const review_ask *ask) {
  arena *a = r->memory;
  review_line *line = ARENA_PUSH(a, r->lines, r->count, r->capacity);
  *line = (review_line){.key = key_of(a, ask), .rows = ""};
  line->ask = (review_ask){.type = ask->type,
                           .code = arena_text(a, ask->code),
                           .name = arena_text(a, ask->name),
                           .school = arena_text(a, ask->school),
                           .tail = arena_text(a, ask->tail),
                           .candidates = arena_text(a, ask->candidates)};
  return line;
}

void review_add(review *r, const review_ask *ask, int64_t row) {
  if (r == NULL) return;
  review_line *line = line_of(r, key_of(r->memory, ask));
  if (line == NULL) line = new_line(r, ask);
  if (ask->candidates != NULL) line->ask.candidates = arena_text(r->memory, ask->candidates);
  if (line->rows_count++ >= 20) return;
  line->rows = arena_format(r->memory, "%s%s%lld", line->rows, line->rows[0] == '\0' ? "" : ", ", (long long)row);
}

size_t review_open(const review *r) {
  size_t count = 0;
  for (size_t i = 0; r != NULL && i < r->count; i++) count += r->lines[i].decision == REVIEW_OPEN ? 1 : 0;
  return count;
}

/* ---- reading ---- */

typedef struct review_reading {
  review *review;
  const char *path;
  faults *problems;
  bool header, wrong;
} review_reading;

static bool is_one_of(const char *key, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(key, words[i]) == 0) return true;
  return false;
}

static const char *cell_at(arena *a, const cell_row *row, uint32_t at) {
  if (at >= row->count || row->cells[at] == NULL) return NULL;
  const char *text = text_trim(a, row->cells[at]);
  if (text[0] == '\'' && text[1] != '\0') text++;
  return text[0] == '\0' ? NULL : text;
}

static fact_type type_of(arena *a, const char *word) {
  for (int type = 0; word != NULL && type < FACT_TYPES; type++)
    for (int in = 0; in < LANGUAGES; in++)
      if (type_words[type].in[in] != NULL && strcmp(text_key(a, type_words[type].in[in]), text_key(a, word)) == 0)
        return (fact_type)type;
  return FACT_NONE;
}

static bool is_header(arena *a, const cell_row *row) {
  const char *first = cell_at(a, row, R_WHAT), *last = cell_at(a, row, R_DECISION);
  for (int in = 0; first != NULL && last != NULL && in < LANGUAGES; in++)
    if (strcmp(first, titles[R_WHAT].in[in]) == 0 && strcmp(last, titles[R_DECISION].in[in]) == 0) return true;
  return false;
}

static bool take_row(void *context, const cell_row *row) {
  review_reading *at = context;
  arena *a = at->review->memory;
  place where = {.file = at->path, .row = row->row};
  if (!at->header) {
    at->header = is_header(a, row);
    at->wrong = !at->header;
    return at->header;
  }
  review_ask ask = {.type = type_of(a, cell_at(a, row, R_WHAT)),
                    .code = cell_at(a, row, R_CODE),
                    .name = cell_at(a, row, R_NAME),
                    .school = cell_at(a, row, R_SCHOOL),
                    .tail = cell_at(a, row, R_TAIL),
                    .candidates = cell_at(a, row, R_CANDIDATES)};
  const char *decision = cell_at(a, row, R_DECISION);
  if (ask.type == FACT_NONE) {
    fault_add(at->problems, where, "the first column does not say what this line is about", "第一列没有写明该行的对象");
    fault_next(at->problems, "change nothing but the last column", "请只填写最后一列");
    return true;
  }
  review_line *line = line_of(at->review, key_of(a, &ask));
  if (line == NULL) line = new_line(at->review, &ask);
  static const char *const news[] = {"new", "新", "新增"}, *const skips[] = {"skip", "跳过", "略过"};
  if (decision == NULL) return true;
  const char *key = text_key(a, decision);
  line->means = arena_text(a, decision);
  line->decision = is_one_of(key, news, 3) ? REVIEW_NEW : is_one_of(key, skips, 3) ? REVIEW_SKIP : REVIEW_MEANS;
  return true;
}

bool review_read(review *r, const offers *all, const char *path, faults *problems) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return true;
  if (descriptor < 0) {
    fault_add(problems, (place){.file = path}, "the review file cannot be read: %s%.0s", "无法读取复核表：%.0s%s",
              SYSTEM_WORDS(errno));
    return fault_next(problems, "check its permissions", "请检查文件权限");
  }
  size_t before = problems->errors;
  const offer *reader = offers_named(all, OFFER_READER, "csv", problems);
  review_reading table = {.review = r, .path = path, .problems = problems};
  const char *slash = strrchr(path, '/');
  bool good = reader != NULL && foreign_read(reader, descriptor, slash == NULL ? path : slash + 1, NULL, 0,
                                             &(reading){.context = &table, .row = take_row}, problems);
  close(descriptor);
  if (table.wrong) {
    fault_add(problems, (place){.file = path, .row = 1},
              "this is no review file: its first line is not the one that import wrote",
              "这不是复核表：首行不是导入时写出的表头");
    fault_next(problems, "name another file with --review, or delete this one",
               "请用 --review 指定其他文件，或删除该文件");
  }
  return good && problems->errors == before;
}

/* ---- writing ---- */

bool review_write(const review *r, const char *path, language in, faults *problems) {
  rows_out *out = rows_out_begin(path, problems);
  if (out == NULL) return false;
  const char *cells[R_COLUMNS];
  for (int i = 0; i < R_COLUMNS; i++) cells[i] = titles[i].in[in];
  rows_out_row(out, cells, R_COLUMNS);
  for (size_t i = 0; i < r->count; i++) {
    const review_line *line = &r->lines[i];
    cells[R_WHAT] = type_words[line->ask.type].in[in];
    cells[R_NAME] = line->ask.name;
    cells[R_SCHOOL] = line->ask.school;
    cells[R_CODE] = line->ask.code;
    cells[R_TAIL] = line->ask.tail;
    cells[R_ROWS] = line->rows;
    cells[R_CANDIDATES] = line->ask.candidates;
    cells[R_DECISION] = line->means;
    rows_out_row(out, cells, R_COLUMNS);
  }
  return rows_out_end(out, problems);
}
