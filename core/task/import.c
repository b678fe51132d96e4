#include "task/import.h"

#include "pack/script.h"
#include "task/import_choose.h"
#include "task/import_said.h"
#include "task/import_soon.h"
#include "task/row.h"
#include "task/rows_out.h"
#include "task/who.h"

#include <string.h>
#include <sys/stat.h>

enum { ROWS_TELL = 1 << 16 }; /* that tell how many the file has; the reader is ahead of them by little then */

/* An import while the file is being read. */
typedef struct file_run {
  arena *memory;       /* of the whole import */
  arena *sheet_memory; /* of the sheet at hand */
  arena *row_memory;   /* of the row at hand */
  const pack *rules;
  const import_request *request;
  import_outcome *outcome;
  import_input input;
  const adapter *adapter;
  const offer *reader;
  known *entities;
  staging *staging;
  matching matching;
  near_header near;
  sheet *sheet; /* NULL before the first row of a sheet that is wanted */
  const char *sheet_name;
  int64_t tried;      /* rows looked at for a header */
  size_t headers;     /* sheets that had one */
  bool wanted, ended; /* is this sheet to be read; has its table ended */
  bool incomplete;    /* a file of rejected rows: what it does not have is not withdrawn */
  bool failed;        /* nothing more can be done; the fault is there */
  script_each *each;
  uint64_t used, size; /* bytes of the file; 0: the reader does not say */
  size_t ahead;        /* rows that stand together with the one at hand and come after it */
  import_soon soon;
  rows_out *rejects; /* of the sheet at hand */
  size_t reject_files;
  import_said said;
  faults *problems;
} file_run;

/* ---- rejected rows ---- */

static char *rejects_path(const file_run *run, arena *a) {
  const char *given = run->request->rejected;
  const char *base = given != NULL ? given : run->input.path;
  const char *slash = strrchr(base, '/'), *dot = strrchr(base, '.');
  size_t stem = dot != NULL && (slash == NULL || dot > slash + 1) ? (size_t)(dot - base) : strlen(base);
  char *number = run->reject_files == 0 ? arena_text(a, "") : arena_format(a, "-%zu", run->reject_files + 1);
  if (given != NULL && run->reject_files == 0) return arena_text(a, given);
  const char *ending = given != NULL && dot != NULL && base + stem == dot ? dot : ".csv";
  return arena_format(a, "%.*s%s%s%s", (int)stem, base, given != NULL ? "" : ".rejected", number, ending);
}

/* What a merged range repeats in each cell is written once. */
static void write_above(file_run *run, const kept_row *row) {
  const char **cells = arena_array(run->row_memory, row->count + 1, sizeof *cells);
  for (uint32_t i = 0; i < row->count; i++)
    cells[i] = i > 0 && text_same(row->cells[i], row->cells[i - 1]) ? NULL : row->cells[i];
  rows_out_row(run->rejects, cells, row->count);
}

/* The rows above the header and the header itself, in their places, so that the table can be sent again as it is. */
static void write_head(file_run *run) {
  const sheet *s = run->sheet;
  size_t next = 0;
  for (int64_t row = 1; row < s->header; row++) {
    while (next < s->above_count && s->above[next].row < row) next++;
    if (next < s->above_count && s->above[next].row == row)
      write_above(run, &s->above[next]);
    else
      rows_out_row(run->rejects, NULL, 0);
  }
  const char **titles = arena_array(run->row_memory, s->titles_count + 1, sizeof *titles);
  uint32_t count = s->titles_count;
  for (uint32_t i = 0; i < count; i++) titles[i] = s->titles[i];
  if (!s->rejected) titles[count++] = sheet_reason_title.in[run->request->in];
  rows_out_row(run->rejects, titles, count);
}

static bool is_reason(const char *title) {
  for (int in = 0; title != NULL && in < LANGUAGES; in++)
    if (strcmp(title, sheet_reason_title.in[in]) == 0) return true;
  return false;
}

/* A cell that is read for each of several people is wrong once. */
static bool said_in_row(const faults *why, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (text_same(why->items[i].where.column, why->items[at].where.column) &&
        text_same(why->items[i].what.in[LANGUAGE_EN], why->items[at].what.in[LANGUAGE_EN]))
      return true;
  return false;
}

static char *reasons(const file_run *run, const faults *why) {
  arena *a = run->row_memory;
  language in = run->request->in;
  char *text = arena_text(a, "");
  for (size_t i = 0; i < why->count; i++) {
    const fault *f = &why->items[i];
    if (said_in_row(why, i)) continue;
    const char *column = f->where.column;
    const char *between = i == 0 ? "" : in == LANGUAGE_ZH ? "；" : "; ";
    if (column != NULL && in == LANGUAGE_ZH)
      text = arena_format(a, "%s%s“%s”列：%s", text, between, column, f->what.in[in]);
    else if (column != NULL)
      text = arena_format(a, "%s%scolumn \"%s\": %s", text, between, column, f->what.in[in]);
    else
      text = arena_format(a, "%s%s%s", text, between, f->what.in[in]);
  }
  return text;
}

static void write_rejected(file_run *run, const cell_row *row, const faults *why) {
  const sheet *s = run->sheet;
  if (run->rejects == NULL) {
    char *place_of_it = rejects_path(run, run->memory);
    run->rejects = rows_out_begin(place_of_it, run->problems);
    run->failed = run->rejects == NULL;
    if (run->failed) return;
    if (run->outcome->rejected_file == NULL) run->outcome->rejected_file = place_of_it;
    run->reject_files++;
    write_head(run);
  }
  const char **cells = arena_array(run->row_memory, s->titles_count + 1, sizeof *cells);
  char *text = reasons(run, why);
  for (uint32_t i = 0; i < s->titles_count; i++)
    cells[i] = is_reason(s->titles[i]) ? text : i < row->count ? row->cells[i] : NULL;
  if (!s->rejected) cells[s->titles_count] = text;
  rows_out_row(run->rejects, cells, s->titles_count + (s->rejected ? 0 : 1));
}

/* Whether it is no fault of the row: the ledger cannot be read, and the next row would say so again. */
static bool is_of_the_ledger(const faults *problems) {
  for (size_t i = 0; i < problems->count; i++)
    if (problems->items[i].kind == FAULT_LEDGER) return true;
  return false;
}

static void reject(file_run *run, const cell_row *row, const faults *why) {
  run->outcome->rejected += !is_of_the_ledger(why); /* where the ledger failed, the row is not to blame */
  for (size_t i = 0; i < why->count; i++) {
    const fault *f = &why->items[i];
    if (said_in_row(why, i) || !import_said_now(&run->said, f)) continue;
    fault_add(run->problems, f->where, "%s%.0s", "%.0s%s", f->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_ZH]);
    if (f->next.in[LANGUAGE_EN] != NULL)
      fault_next(run->problems, "%s%.0s", "%.0s%s", f->next.in[LANGUAGE_EN], f->next.in[LANGUAGE_ZH]);
    fault_mark(run->problems, f->kind);
  }
  if (run->request->accept_good && !run->request->dry_run) write_rejected(run, row, why);
}

/* What is worth a look in a row that was taken. */
static void pass_warnings(file_run *run, const faults *of_row) {
  for (size_t i = 0; i < of_row->count; i++) {
    const fault *f = &of_row->items[i];
    if (!f->warning || said_in_row(of_row, i)) continue;
    fault_warn(run->problems, f->where, "%s%.0s", "%.0s%s", f->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_ZH]);
    if (f->next.in[LANGUAGE_EN] != NULL)
      fault_next(run->problems, "%s%.0s", "%.0s%s", f->next.in[LANGUAGE_EN], f->next.in[LANGUAGE_ZH]);
  }
}

/* ---- one row of data ---- */

static bool is_wanted(const file_run *run, const cell_row *row) {
  for (size_t i = 0; i < run->adapter->only_count; i++) {
    const only_row *only = &run->adapter->only[i];
    const char *column, *text = sheet_text(run->row_memory, run->sheet, row, &only->from, 0, &column);
    const char *key = text == NULL ? "" : text_key(run->row_memory, text);
    bool found = false;
    for (size_t k = 0; k < only->count; k++) found = found || strcmp(only->keys[k], key) == 0;
    if (!found) return false;
  }
  return true;
}

static bool take_data(file_run *run, const cell_row *row) {
  if (!is_wanted(run, row)) {
    run->outcome->passed_over++;
    return true;
  }
  run->outcome->rows++;
  row_reading r = {.memory = run->row_memory,
                   .kinds = &run->rules->kinds,
                   .sheet = run->sheet,
                   .row = row,
                   .file = run->request->file};
  import_soon_take(&run->soon, &r);
  r.problems = faults_new(run->row_memory);
  made_part *parts = NULL;
  const char *twice = sheet_differs(run->row_memory, run->sheet, row);
  if (twice != NULL) {
    place where = {.file = run->request->file, .sheet = run->sheet->name, .row = row->row, .column = twice};
    fault_add(r.problems, where, "the header names this column twice, and the two cells differ",
              "表头中有两个同名的列，而两个单元格的内容不同");
    fault_next(r.problems, "rename or delete one of the two columns", "请改名或删去其中一列");
    reject(run, row, r.problems);
    return true;
  }
  row_fate fate = row_check(&run->matching, &r, &parts);
  if (fate == ROW_SKIPPED) {
    run->outcome->skipped++;
  } else if (fate == ROW_FAULTY || r.problems->errors > 0) {
    run->failed = is_of_the_ledger(r.problems);
    reject(run, row, r.problems);
  } else if (!row_put(&run->matching, &r, parts, run->staging, run->outcome->introduced)) {
    reject(run, row, r.problems);
    run->failed = true;
  } else {
    pass_warnings(run, r.problems);
  }
  if (run->outcome->rows == ROWS_TELL) staging_expect(run->staging, run->used, run->size);
  if (run->request->progress != NULL && run->outcome->rows % 1000 == 0)
    run->request->progress(run->request->progress_context, run->outcome->rows, run->used, run->size);
  return !run->failed;
}

/* Facts that wait to be put stand in the memory of their rows. */
static bool let_go(file_run *run) {
  if (!staging_settle(run->staging, run->problems)) run->failed = true;
  arena_reset(run->row_memory);
  return !run->failed;
}

/* A row that `each` put: its names are columns of the file or those that the adapter says it adds. */
static bool take_made(void *context, const script_row *made, faults *problems) {
  file_run *run = context;
  const sheet *s = run->sheet;
  uint32_t count = s->titles_count + (uint32_t)run->adapter->adds_count;
  const char **cells = arena_array(run->row_memory, count + 1, sizeof *cells);
  for (size_t i = 0; i < made->count; i++) {
    uint32_t at = 0;
    while (at < count &&
           !text_same(at < s->titles_count ? s->titles[at] : run->adapter->adds[at - s->titles_count], made->names[i]))
      at++;
    if (at == count) {
      place where = {.file = run->request->file, .sheet = s->name, .row = made->row};
      fault_add(problems, where, "each puts a column \"%s\" that the file does not have",
                "each 写出了文件中没有的列“%s”", made->names[i]);
      run->failed = true;
      return fault_next(problems, "name it in the adapter's adds = { … }", "请在适配器的 adds = { … } 中写明");
    }
    cells[at] = made->texts[i];
  }
  sheet_let_go(run->sheet);
  cell_row row = {.sheet = made->sheet, .row = made->row, .count = count, .cells = cells};
  bool good = take_data(run, &row);
  return let_go(run) && good;
}

/* ---- sheets ---- */

static bool end_sheet(file_run *run) {
  bool good = true;
  if (run->each != NULL) good = script_each_finish(run->each, run->problems);
  run->each = NULL;
  if (run->rejects != NULL) good = rows_out_end(run->rejects, run->problems) && good;
  run->rejects = NULL;
  run->sheet = NULL;
  if (!good) run->failed = true;
  return good;
}

static bool sheet_wanted(const file_run *run, int32_t number, const char *name) {
  const adapter *of = run->adapter;
  if (number == 0) return true;
  if (of->sheet_number > 0) return of->sheet_number == number;
  return of->sheet_name == NULL ||
         (name != NULL && strcmp(text_key(run->sheet_memory, of->sheet_name), text_key(run->sheet_memory, name)) == 0);
}

static void begin_sheet(file_run *run, int32_t number, const char *name) {
  arena_reset(run->sheet_memory);
  run->sheet = sheet_new(run->sheet_memory, run->adapter, number, name);
  run->wanted = sheet_wanted(run, number, name);
  run->ended = false;
  run->tried = 0;
}

static bool take_sheet(void *context, int32_t number, const char *name) {
  file_run *run = context;
  if (!end_sheet(run)) return false;
  near_header_sheet(&run->near, name);
  begin_sheet(run, number, name);
  return true;
}

static bool reads_it(file_run *run) {
  if (import_reads(run->adapter, run->reader) || run->request->reader != NULL) return true;
  fault_add(run->problems, (place){.file = run->input.path}, "adapter \"%s\" does not read files of reader \"%s\"",
            "适配器“%s”不接受读取器“%s”的文件", run->adapter->id, run->reader->name);
  return fault_next(run->problems, "save the file as it asks (%s), or name the reader with --reader",
                    "请按其要求的格式（%s）保存，或用 --reader 指定读取器", run->adapter->readers[0]);
}

static bool header_found(file_run *run) {
  sheet *s = run->sheet;
  run->headers++;
  run->incomplete = run->incomplete || s->rejected;
  if (!s->rejected && !reads_it(run)) {
    run->failed = true;
    return false;
  }
  if (s->number > 0 && s->name != NULL && !staging_sheet(run->staging, s->number, s->name, run->problems)) {
    run->failed = true;
    return false;
  }
  if (run->adapter->each == NULL) return true;
  const char **names = arena_array(run->sheet_memory, s->titles_count + 1, sizeof *names);
  for (uint32_t i = 0; i < s->titles_count; i++)
    names[i] = s->titles[i] == NULL ? arena_format(run->sheet_memory, "%u", i + 1) : s->titles[i];
  run->each = script_each_start(run->memory, &run->rules->text, run->adapter->id, names, s->titles_count,
                                (script_taking){.context = run, .row = take_made}, run->problems);
  if (run->each == NULL) run->failed = true;
  return !run->failed;
}

static bool look_for_header(file_run *run, const cell_row *row) {
  if (run->tried++ >= SHEET_ABOVE) return true;
  if (sheet_try_header(run->sheet, row)) return header_found(run);
  near_header_note(&run->near, run->adapter, run->sheet->name, row);
  return true;
}

static bool give_each(file_run *run, const cell_row *row) {
  const char **cells = arena_array(run->row_memory, run->sheet->titles_count + 1, sizeof *cells);
  for (uint32_t i = 0; i < run->sheet->titles_count; i++) cells[i] = i < row->count ? row->cells[i] : NULL;
  bool good = script_each_row(run->each, row->sheet, row->row, cells, run->problems);
  if (!good) run->failed = true;
  return good;
}

/* A row of a text table with more cells than its header: mostly a separator inside a text without quotes, and then all
 * that follows stands in the wrong column. In a workbook every cell says its own column. */
static bool goes_on(file_run *run, const cell_row *row) {
  if (row->sheet > 0) return false;
  uint32_t at = run->sheet->titles_count;
  while (at < row->count && (row->cells[at] == NULL || *text_trim(run->row_memory, row->cells[at]) == '\0')) at++;
  if (at >= row->count) return false;
  faults *of_row = faults_new(run->row_memory);
  fault_add(of_row, (place){.file = run->request->file, .row = row->row},
            "the row goes on where the header has no column: \"%s\" is its cell %u, the header has %u",
            "该行超出了表头：“%s”在第 %u 格，而表头只有 %u 列", row->cells[at], at + 1, run->sheet->titles_count);
  fault_next(of_row, "put quotes around a text that contains the separator, or give the column a title",
             "含有分隔符的文字请加引号，或为该列写上标题");
  run->outcome->rows++;
  reject(run, row, of_row);
  return true;
}

static void take_soon(void *context, const cell_row *rows, size_t count) {
  file_run *run = context;
  bool data = run->wanted && !run->ended && run->each == NULL;
  run->ahead = count;
  import_soon_ask(&run->soon, run->row_memory, data ? run->sheet : NULL, run->entities, rows, count);
  arena_reset(run->row_memory);
}

static void take_used(void *context, uint64_t bytes, uint64_t size) {
  file_run *run = context;
  run->used = bytes;
  run->size = size;
}

static bool take_one(file_run *run, const cell_row *row) {
  if (run->sheet == NULL) begin_sheet(run, row->sheet, NULL);
  if (!run->wanted || run->ended) return true;
  if (run->sheet->header == 0) return look_for_header(run, row);
  bool good = true;
  switch (sheet_sort(run->row_memory, run->sheet, row)) {
  case ROW_EMPTY:
  case ROW_HEADER_AGAIN:
    break;
  case ROW_END:
    run->ended = true;
    break;
  case ROW_TOTALS: {
    place where = {.file = run->request->file, .sheet = run->sheet->name, .row = row->row};
    run->outcome->totals++;
    fault_warn(run->problems, where, "a row of totals was left out", "合计行未导入");
    break;
  }
  case ROW_DATA:
    if (goes_on(run, row)) break;
    good = run->each != NULL ? give_each(run, row) : take_data(run, row);
    break;
  }
  return good;
}

static bool take_row(void *context, const cell_row *row) {
  file_run *run = context;
  if (run->failed) return false;
  bool good = take_one(run, row);
  if (run->ahead > 0) run->ahead--;
  if (run->ahead == 0 || !good || staging_waits(run->staging) == 0) good = let_go(run) && good;
  return good && !run->failed;
}

/* ---- the whole ---- */

static bool read_file(file_run *run) {
  option_value *options;
  size_t count = import_options(run->memory, run->adapter, run->reader, &options);
  reading to = {.context = run, .sheet = take_sheet, .row = take_row, .soon = take_soon, .used = take_used};
  import_soon_begin(&run->soon, run->adapter);
  bool good = foreign_read_asked(run->input.asked, run->reader, run->input.descriptor, run->input.name, options, count,
                                 &to, run->problems);
  good = end_sheet(run) && good && !run->failed;
  import_said_times(&run->said, run->request->file, run->problems);
  if (good && run->headers == 0 && !reads_it(run)) return false;
  if (good && run->headers == 0) return near_header_fault(&run->near, run->adapter, run->input.path, run->problems);
  return good;
}

static bool withdraw(file_run *run) {
  if (run->adapter->covers_count == 0) return true;
  if (run->outcome->rejected > 0 || run->incomplete) {
    fault_warn(run->problems, (place){.file = run->request->file},
               "nothing was withdrawn, because rows of this file are missing or rejected",
               "本文件有缺失或被退回的行，因此没有撤回任何内容");
    return true;
  }
  return staging_withdraw(run->staging, run->problems);
}

static void warn_alike(const file_run *run, staging_counts counts) {
  place where = {.file = run->request->file, .row = counts.repeated_row};
  if (counts.repeated > 0) {
    fault_warn(run->problems, where, "this row says the same as an earlier one, and both count (rows like it: %lld)",
               "该行与前面某行的内容相同，两行都会计入（此类共 %lld 行）", (long long)counts.repeated);
    fault_next(run->problems, "if it stands there twice by mistake, delete one and send the file again",
               "如属重复填写，请删去其中一行后重新导入");
  }
  if (counts.alike == 0) return;
  where.row = counts.alike_row;
  fault_warn(run->problems, where,
             "this row has the key of an earlier one and says something else (rows like it: %lld)",
             "该行与前面某行的主键相同而内容不同（此类共 %lld 行）", (long long)counts.alike);
  fault_next(run->problems,
             "a correction of such rows cannot be told from new ones: let the key of adapter \"%s\" name more",
             "这样的行更正后无法与新增区分：请让适配器“%s”的 key 包含更多内容", run->adapter->id);
}

static bool keep(file_run *run, ledger *l) {
  digest kept;
  if (run->request->dry_run) return true;
  staging_counts counts = staging_count(run->staging);
  if (counts.opened + counts.changed + counts.withdrawn == 0) return true;
  if (!ledger_keep(l, run->input.descriptor, &kept, run->problems)) return false;
  if (digest_same(kept, run->input.bytes)) return true;
  fault_add(run->problems, (place){.file = run->input.path}, "the file changed while it was being read",
            "文件在读取过程中被改动");
  return fault_next(run->problems, "import it again when nothing writes to it", "请在没有程序写入该文件时重新导入");
}

static bool commit(file_run *run, ledger *l) {
  import_outcome *out = run->outcome;
  const import_request *request = run->request;
  if (out->rejected > 0 && !request->accept_good) return false;
  if (request->storing != NULL && !request->dry_run) request->storing(request->progress_context, out->rows);
  if (!withdraw(run)) return false;
  staging_counts counts = staging_count(run->staging);
  warn_alike(run, counts);
  out->opened = counts.opened;
  out->changed = counts.changed;
  out->withdrawn = counts.withdrawn;
  out->same = counts.same;
  out->complete = true;
  if (out->rows + out->passed_over == 0)
    fault_warn(run->problems, (place){.file = run->request->file}, "no rows stand below the header",
               "表头下面没有数据行");
  if (!run->request->dry_run && !staging_seal(run->staging, out->rejected, run->problems)) return false;
  if (!keep(run, l)) return false;
  staging *s = run->staging;
  run->staging = NULL;
  return staging_commit(s, out->rejected, run->request->dry_run, &out->done, run->problems);
}

static bool write_review(file_run *run) {
  run->outcome->review_open = review_open(run->matching.review);
  if (run->request->review == NULL || run->outcome->review_open == 0) return true;
  return review_write(run->matching.review, run->request->review, run->request->in, run->problems);
}

/* What is written must not replace the ledger, nor the file that is being read. */
static bool spares(const file_run *run, const ledger *l) {
  const char *const written[] = {run->request->review, run->request->rejected};
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    struct stat there, read;
    if (written[i] == NULL) continue;
    if (!ledger_spares(l, written[i], run->problems)) return false;
    if (stat(written[i], &there) != 0 || fstat(run->input.descriptor, &read) != 0) continue;
    if (there.st_dev != read.st_dev || there.st_ino != read.st_ino) continue;
    fault_add(run->problems, (place){.file = written[i]}, "this is the file to be imported and is not written over",
              "这正是要导入的文件，不能覆盖");
    return fault_next(run->problems, "name another file", "请换一个文件名");
  }
  return true;
}

static bool prepare(file_run *run, ledger *l) {
  const import_request *request = run->request;
  import_started *started = request->started;
  if (started == NULL || started->taken) started = import_start(run->memory, request->file, request->reader);
  started->taken = true;
  run->input = started->input;
  faults_take(run->problems, started->opening);
  if (!started->opened || !spares(run, l)) return false;
  faults_take(run->problems, started->finding);
  if (!started->found) return false;
  run->reader = import_reader(run->memory, &started->all, &run->input, request->reader, run->problems);
  if (run->reader == NULL) return false;
  run->outcome->reader = run->reader->name;
  run->adapter = import_adapter(run->memory, run->rules, run->reader, &run->input, request->adapter, run->problems);
  if (run->adapter == NULL) return false;
  run->outcome->adapter = run->adapter->id;
  run->outcome->adapter_title = run->adapter->title;
  run->outcome->already = ledger_same_file(l, run->input.bytes, run->adapter->id);
  run->matching = (matching){.memory = run->memory, .ledger = l, .review = review_new(run->memory)};
  if (request->review != NULL && !review_read(run->matching.review, &started->all, request->review, run->problems))
    return false;
  run->entities = known_open(l, run->problems);
  if (run->entities == NULL) return false;
import head = {.kind = IMPORT_FILE, .file_name = run->input.name, .file = run->input.bytes, .adapter = run->adapter->id, .image = run->rules->image, .who = who_user(run->memory), .at = who_now(run->memory), .note = request->note };
  run->staging = staging_begin(l, &head, run->entities, run->problems);
  run->matching.known = run->entities;
  run->matching.staging = run->staging;
  return run->staging != NULL;
}

bool import_run(ledger *l, const pack *rules, const import_request *request, arena *a, import_outcome *out,
                faults *problems) {
  file_run run = {.memory = a,
                  .sheet_memory = arena_new(),
                  .row_memory = arena_new(),
                  .rules = rules,
                  .request = request,
                  .outcome = out,
                  .input = {.descriptor = -1},
                  .near = {.memory = a},
                  .said = {.memory = a},
                  .problems = problems};
  *out = (import_outcome){0};
  bool good = prepare(&run, l) && read_file(&run);
  if (run.staging != NULL && out->adapter != NULL) good = write_review(&run) && good;
  good = good && commit(&run, l);
  rows_out_abandon(run.rejects);
  staging_abandon(run.staging);
  known_close(run.entities);
  import_close(&run.input);
  arena_free(run.sheet_memory);
  arena_free(run.row_memory);
  return good;
}
