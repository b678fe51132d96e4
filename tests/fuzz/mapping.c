/* From rows to facts: headers, cells, words, dates, amounts, matching, staging. Rows are lines, cells are parted by
 * tabs, a cell of one byte 0x01 is absent. The first byte chooses the adapter of tests/fuzz/mapping. */
#include "world.h"

#include "task/row.h"

#include <ftw.h>
#include <unistd.h>

enum { CELLS_HERE = 24, ROWS_HERE = 40 };

static arena *world;
static pack *rules;
static ledger *base;
static char folder[] = "/tmp/hongzhu-fuzz-XXXXXX";

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk) {
  (void)about;
  (void)kind;
  (void)walk;
  return remove(path);
}

static void clean_up(void) {
  ledger_close(base);
  nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  world = arena_new();
  rules = world_pack(world, "tests/fuzz/mapping");
  faults *problems = faults_new(world);
  if (!mkdtemp(folder)) abort();
  char *path = arena_format(world, "%s/t.db", folder);
  base = ledger_create(path, problems) ? ledger_open(path, LEDGER_WRITE, problems) : NULL;
  fuzz_promise(base);
  atexit(clean_up);
  return 0;
}

static bool take_line(fuzz_bytes *input, arena *a, const char **cells, uint32_t *count) {
  if (input->left == 0) return false;
  const uint8_t *end = memchr(input->at, '\n', input->left);
  size_t length = end ? (size_t)(end - input->at) : input->left;
  char *line = arena_text_of(a, (const char *)input->at, length);
  input->at += length + (end != NULL);
  input->left -= length + (end != NULL);
  *count = 0;
  if (memchr(line, '\0', length) || !text_is_utf8(line, length)) return true; /* no reader gives such a row */
  for (char *at = line; at && *count < CELLS_HERE; (*count)++) {
    char *tab = strchr(at, '\t');
    if (tab) *tab = '\0';
    cells[*count] = !strcmp(at, "\x01") ? NULL : at;
    at = tab ? tab + 1 : NULL;
  }
  return true;
}

static void map_row(matching *m, staging *s, sheet *one, const cell_row *row, arena *a,
                    int64_t introduced[FACT_TYPES]) {
  row_reading r = {.memory = a, .kinds = &rules->kinds, .sheet = one, .row = row, .file = "f.csv"};
  r.problems = faults_new(a);
  if (one->header == 0) {
    sheet_try_header(one, row);
    return;
  }
  if (sheet_sort(a, one, row) != ROW_DATA) return;
  sheet_differs(a, one, row);
  made_part *parts = NULL;
  row_fate fate = row_check(m, &r, &parts);
  fuzz_promise(fate != ROW_FAULTY || r.problems->errors > 0);
  if (fate == ROW_GOOD && r.problems->errors == 0 && !row_put(m, &r, parts, s, introduced))
    fuzz_promise(r.problems->errors > 0);
  for (size_t i = 0; i < r.problems->count && i < 8; i++) {
    const fault *f = &r.problems->items[i];
    fuzz_promise(f->where.row == row->row && f->what.in[LANGUAGE_ZH][0] && f->what.in[LANGUAGE_EN][0]);
    for (int in = 0; in < LANGUAGES; in++) {
      const char *shown = fault_text(a, f, (language)in);
      fuzz_promise(text_is_utf8(shown, strlen(shown)));
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new(), *of_row = arena_new();
  faults *problems = faults_new(a);
  fuzz_bytes input = {bytes, size};
  const adapter *of = &rules->adapters[fuzz_byte(&input) % rules->adapters_count];
  known *entities = known_open(base, problems);
  const import head = {
      .kind = IMPORT_FILE, .file_name = "f.csv", .adapter = of->id, .who = "clerk", .at = "2025-09-01T08:00:00Z"};
  staging *s = entities ? staging_begin(base, &head, entities, problems) : NULL;
  fuzz_promise(s);
  matching m = {.memory = a, .ledger = base, .known = entities, .staging = s, .review = review_new(a)};
  sheet *one = sheet_new(a, of, 1, "名单");
  int64_t introduced[FACT_TYPES] = {0};
  const char *cells[CELLS_HERE];
  cell_row row = {.sheet = 1, .cells = cells};
  while (row.row < ROWS_HERE && take_line(&input, of_row, cells, &row.count)) {
    row.row++;
    map_row(&m, s, one, &row, of_row, introduced);
    if (staging_waits(s) == 0) arena_reset(of_row); /* facts that wait stand in the memory of their rows */
  }
  staging_abandon(s);
  known_close(entities);
  arena_free(of_row);
  arena_free(a);
  return 0;
}
