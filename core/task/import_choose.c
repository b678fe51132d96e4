#include "task/import_choose.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the file ---- */

bool import_open(arena *a, const char *file, import_input *out, faults *problems) {
  const char *slash = strrchr(file, '/');
  struct stat about;
  *out = (import_input){.path = file, .name = arena_text(a, slash == NULL ? file : slash + 1)};
  out->descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (out->descriptor < 0) {
    fault_add(problems, (place){.file = file}, "the file cannot be opened: %s%.0s", "无法打开文件：%.0s%s",
              SYSTEM_WORDS(errno));
    return fault_next(problems, "check its name and permissions", "请检查文件名和权限");
  }
  bool good = fstat(out->descriptor, &about) == 0 && S_ISREG(about.st_mode);
  if (!good) {
    fault_add(problems, (place){.file = file}, "this is no file that could be imported, but a folder or a device",
              "这不是可以导入的文件，而是文件夹或设备");
    fault_next(problems, "name the files one by one", "请逐个写明文件");
  } else if (!digest_of_file(out->descriptor, &out->bytes)) {
    good = fault_add(problems, (place){.file = file}, "the file cannot be read: %s%.0s", "无法读取文件：%.0s%s",
                     SYSTEM_WORDS(errno));
  } else if (!text_is_utf8(out->name, strlen(out->name))) {
    fault_add(problems, NOWHERE, "the name of the file is no UTF-8", "文件名不是 UTF-8 编码");
    good = fault_next(problems, "rename the file", "请重命名该文件");
  }
  if (!good) import_close(out);
  return good;
}

void import_close(import_input *f) {
  foreign_asked_end(f->asked);
  f->asked = NULL;
  if (f->descriptor >= 0) close(f->descriptor);
  f->descriptor = -1;
}

/* ---- the reader ---- */

static bool claims(const offer *reader, const char *name) {
  const char *dot = strrchr(name, '.');
  size_t length = dot == NULL ? 0 : strlen(dot + 1);
  for (const char *at = reader->extensions; length > 0 && at != NULL && *at != '\0';) {
    size_t word = strcspn(at, " ");
    if (word == length && strncasecmp(at, dot + 1, word) == 0) return true;
    at += word + strspn(at + word, " ");
  }
  return false;
}

static bool not_its_name(const import_input *f, const offer *is, faults *problems) {
  char *en = arena_format(problems->memory, "\"%s\" is not what its name says: its content is %s (reader \"%s\")",
                          f->name, is->title.in[LANGUAGE_EN], is->name);
  char *zh = arena_format(problems->memory, "“%s”的内容与文件名不符：内容是“%s”（读取器 %s）", f->name,
                          is->title.in[LANGUAGE_ZH], is->name);
  fault_add(problems, (place){.file = f->path}, "%s%.0s", "%.0s%s", en, zh);
  return fault_next(problems, "save it again in the format that its name says, or give it the right ending",
                    "请按文件名的格式重新保存，或改成正确的扩展名");
}

#define SURE_ENOUGH 40 /* below this a reader only hopes to explain what the file really is */

void import_ask(arena *a, const offers *all, import_input *f) {
  offers *some = arena_take(a, sizeof *some);
  some->items = arena_array(a, all->count + 1, sizeof *some->items);
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].kind == OFFER_READER && claims(&all->items[i], f->name))
      some->items[some->count++] = all->items[i];
  f->claiming = some;
  f->asked = foreign_ask(some, f->descriptor, f->name);
}

import_started *import_start(arena *a, const char *file, const char *reader) {
  import_started *b = arena_take(a, sizeof *b);
  b->opening = faults_new(a);
  b->finding = faults_new(a);
  b->opened = import_open(a, file, &b->input, b->opening);
  b->found = b->opened && offers_find(a, &b->all, b->finding);
  if (b->found && reader == NULL) import_ask(a, &b->all, &b->input);
  return b;
}

void import_started_end(import_started *b) {
  if (b != NULL && !b->taken) import_close(&b->input);
  if (b != NULL) b->taken = true;
}

/* The one that is surest among those that claim the file by its name, where it is sure enough: whatever others would
 * say of it, and they need not be asked. NULL where there is none. */
static const offer *claiming_reader(arena *a, const offers *all, import_input *f) {
  if (f->claiming == NULL) import_ask(a, all, f);
  int *sure = arena_array(a, f->claiming->count + 1, sizeof *sure), most = SURE_ENOUGH - 1;
  const offer *found = NULL;
  foreign_answers(f->asked, sure);
  for (size_t i = 0; i < f->claiming->count; i++) {
    if (sure[i] <= most) continue;
    most = sure[i];
    found = &f->claiming->items[i];
  }
  return found;
}

const offer *import_reader(arena *a, const offers *all, import_input *f, const char *named, faults *problems) {
  if (named != NULL) return offers_named(all, OFFER_READER, named, problems);
  const offer *sure_one = claiming_reader(a, all, f);
  if (sure_one != NULL) return sure_one;
  size_t count = 0;
  for (size_t i = 0; i < all->count; i++) count += all->items[i].kind == OFFER_READER ? 1 : 0;
  int *sure = arena_array(a, count + 1, sizeof *sure);
  /* One that failed has cost a warning and is not sure of anything: another may know the file. */
  foreign_probe(all, f->descriptor, f->name, sure, problems);
  const offer *best = NULL, *claiming = NULL;
  int best_sure = 0, claiming_sure = 0;
  for (size_t i = 0, r = 0; i < all->count; i++) {
    const offer *one = &all->items[i];
    if (one->kind != OFFER_READER) continue;
    if (sure[r] > best_sure) {
      best = one;
      best_sure = sure[r];
    }
    if (claims(one, f->name) && (claiming == NULL || sure[r] > claiming_sure)) {
      claiming = one;
      claiming_sure = sure[r];
    }
    r++;
  }
  if (claiming != NULL && (claiming_sure >= SURE_ENOUGH || best_sure < SURE_ENOUGH)) return claiming;
  if (claiming != NULL) {
    not_its_name(f, best, problems);
    return NULL;
  }
  if (best != NULL && best_sure >= SURE_ENOUGH) return best;
  fault_add(problems, (place){.file = f->path}, "no reader knows the format of \"%s\"", "没有读取器认得“%s”的格式",
            f->name);
  fault_next(problems, "save it as .xlsx or .csv, or name a reader with --reader (hongzhu plugin list)",
             "请另存为 .xlsx 或 .csv，或用 --reader 指定读取器（hongzhu plugin list）");
  offers_missing(all, problems);
  return NULL;
}

bool import_reads(const adapter *of, const offer *reader) {
  for (size_t i = 0; i < of->readers_count; i++)
    if (strcmp(of->readers[i], reader->name) == 0) return true;
  return false;
}

size_t import_options(arena *a, const adapter *of, const offer *reader, option_value **out) {
  size_t count = 0;
  *out = arena_array(a, of->options_count + 1, sizeof **out);
  for (size_t i = 0; import_reads(of, reader) && i < of->options_count; i++) {
    bool known = of->readers_count == 1; /* then an unknown one is an error of the reader's */
    for (size_t k = 0; k < reader->options_count; k++)
      known = known || strcmp(reader->options[k].name, of->options[i].name) == 0;
    if (known) (*out)[count++] = (option_value){of->options[i].name, of->options[i].value};
  }
  return count;
}

/* ---- headers that came near ---- */

void near_header_sheet(near_header *n, const char *sheet_name) {
  *ARENA_PUSH(n->memory, n->sheets, n->sheets_count, n->sheets_capacity) = arena_text(n->memory, sheet_name);
}

void near_header_note(near_header *n, const adapter *of, const char *sheet_name, const cell_row *row) {
  const named_column *missing;
  arena *scratch = arena_new();
  size_t found = sheet_match(scratch, of, row, &missing);
  arena_free(scratch);
  if (found <= n->found) return;
  n->found = found;
  n->sheet = arena_text(n->memory, sheet_name);
  n->row = row->row;
  n->titles_count = 0;
  n->titles = arena_array(n->memory, row->count + 1, sizeof *n->titles);
  for (uint32_t i = 0; i < row->count; i++)
    if (row->cells[i] != NULL && row->cells[i][0] != '\0')
      n->titles[n->titles_count++] = text_trim(n->memory, row->cells[i]);
}

static bool no_sheet(const near_header *n, const adapter *of, const char *file, faults *problems) {
  char *list = arena_text(problems->memory, "");
  for (size_t i = 0; i < n->sheets_count && i < 12; i++)
    list = arena_format(problems->memory, "%s%s%s", list, i == 0 ? "" : ", ", n->sheets[i]);
  place where = {.file = file};
  if (of->sheet_name != NULL)
    fault_add(problems, where, "there is no sheet \"%s\"; the file has: %s", "没有工作表“%s”，文件中有：%s",
              of->sheet_name, list);
  else
    fault_add(problems, where, "there is no sheet %d; the file has: %s", "没有第 %d 个工作表，文件中有：%s",
              (int)of->sheet_number, list);
  return fault_next(problems, "rename the sheet, or choose another adapter with --adapter",
                    "请改正工作表名称，或用 --adapter 另选适配器");
}

static bool sheet_missing(const near_header *n, const adapter *of) {
  if (n->sheets_count == 0) return false;
  if (of->sheet_number > 0) return (size_t)of->sheet_number > n->sheets_count;
  if (of->sheet_name == NULL) return false;
  arena *scratch = arena_new();
  bool found = false;
  for (size_t i = 0; i < n->sheets_count; i++)
    found = found || strcmp(text_key(scratch, n->sheets[i]), text_key(scratch, of->sheet_name)) == 0;
  arena_free(scratch);
  return !found;
}

static bool has_title(const near_header *n, const named_column *column, arena *a) {
  for (uint32_t i = 0; i < n->titles_count; i++)
    for (size_t k = 0; k < column->count; k++)
      if (strcmp(text_key(a, n->titles[i]), column->keys[k]) == 0) return true;
  return false;
}

/* Hardly any of the columns are there: it is another table, and a list of all that is missing would not help. */
static bool no_header(const near_header *n, const adapter *of, const char *file, faults *problems) {
  char *list = arena_text(problems->memory, "");
  size_t named = 0;
  for (size_t i = 0; i < of->columns.count; i++) {
    const named_column *column = &of->columns.items[i];
    if (!column->required || has_title(n, column, problems->memory)) continue;
    if (named++ < 5) list = arena_format(problems->memory, "%s%s%s", list, named == 1 ? "" : ", ", column->names[0]);
  }
  if (named > 5) list = arena_format(problems->memory, "%s …", list);
  fault_add(problems, (place){.file = file}, "no row is a header for adapter \"%s\"; missing are: %s",
            "没有任何一行是适配器“%s”的表头，缺少：%s", of->id, list);
  return fault_next(problems, "choose another adapter with --adapter, or correct the header",
                    "请用 --adapter 另选适配器，或改正表头");
}

bool near_header_fault(const near_header *n, const adapter *of, const char *file, faults *problems) {
  if (sheet_missing(n, of)) return no_sheet(n, of, file, problems);
  place where = {.file = file, .sheet = n->sheet, .row = n->row};
  if (n->found * 2 < sheet_required(of)) return no_header(n, of, file, problems);
  for (size_t i = 0; i < of->columns.count; i++) {
    const named_column *column = &of->columns.items[i];
    if (!column->required || has_title(n, column, problems->memory)) continue;
    const char *near = text_nearest(column->names[0], n->titles, n->titles_count);
    if (near != NULL)
      fault_add(problems, where, "the column \"%s\" is missing; nearest in this row is \"%s\"",
                "缺少列“%s”，该行中最接近的是“%s”", column->names[0], near);
    else
      fault_add(problems, where, "the column \"%s\" is missing", "缺少列“%s”", column->names[0]);
    fault_next(problems, "adapter \"%s\" needs it in the header: add or rename the column",
               "适配器“%s”要求表头有此列，请补上或改正列名", of->id);
  }
  if (of->header > 0 && problems->errors == 0)
    fault_add(problems, where, "the header is expected in row %lld", "表头应在第 %lld 行", (long long)of->header);
  return false;
}

/* ---- the adapter ---- */

typedef struct choosing {
  arena *memory, *row;
  const pack *rules;
  const offer *reader;
  bool *fits;        /* by adapter */
  near_header *near; /* by adapter */
  const char *sheet;
  int64_t rows; /* of this sheet */
  bool any;     /* something stands in a cell */
} choosing;

static bool right_sheet(arena *a, const adapter *of, int32_t number, const char *name) {
  if (number == 0) return true;
  if (of->sheet_number > 0) return of->sheet_number == number;
  return of->sheet_name == NULL || (name != NULL && strcmp(text_key(a, of->sheet_name), text_key(a, name)) == 0);
}

static bool choose_sheet(void *context, int32_t number, const char *name) {
  choosing *c = context;
  (void)number;
  c->sheet = arena_text(c->memory, name);
  c->rows = 0;
  return true;
}

static bool choose_row(void *context, const cell_row *row) {
  choosing *c = context;
  for (uint32_t i = 0; i < row->count && !c->any; i++)
    c->any = row->cells[i] != NULL && text_trim(c->row, row->cells[i])[0] != '\0';
  if (c->rows++ >= SHEET_ABOVE) return row->sheet != 0; /* where there are no sheets, the rest need not be read */
  for (size_t i = 0; i < c->rules->adapters_count; i++) {
    const adapter *of = &c->rules->adapters[i];
    const named_column *missing;
    if (c->fits[i] || !right_sheet(c->row, of, row->sheet, c->sheet)) continue;
    if (of->header > 0 && of->header != row->row) continue;
    size_t found = sheet_match(c->row, of, row, &missing), required = sheet_required(of);
    c->fits[i] = required > 0 && found == required;
    if (!c->fits[i]) near_header_note(&c->near[i], of, c->sheet, row);
  }
  arena_reset(c->row);
  return true;
}

/* Does one adapter ask for everything that another does, and more? Then it is the one that was meant. */
static bool asks_more(const adapter *a, const adapter *b) {
  for (size_t i = 0; i < b->columns.count; i++) {
    const named_column *wanted = &b->columns.items[i];
    bool found = !wanted->required;
    for (size_t k = 0; !found && k < a->columns.count; k++)
      found = a->columns.items[k].required && strcmp(a->columns.items[k].keys[0], wanted->keys[0]) == 0;
    if (!found) return false;
  }
  return sheet_required(a) > sheet_required(b);
}

static const adapter *nothing_fits(const choosing *c, const import_input *f, faults *problems) {
  const near_header *nearest = NULL;
  const adapter *of = NULL;
  if (!c->any) {
    fault_add(problems, (place){.file = f->path}, "the file is empty: nothing stands in its rows",
              "文件是空的：各行都没有内容");
    fault_next(problems, "export or send it again", "请重新导出或重新报送");
    return NULL;
  }
  for (size_t i = 0; i < c->rules->adapters_count; i++) {
    size_t found = c->near[i].found, required = sheet_required(&c->rules->adapters[i]);
    if (found == 0 || (nearest != NULL && found * sheet_required(of) <= nearest->found * required)) continue;
    nearest = &c->near[i];
    of = &c->rules->adapters[i];
  }
  fault_add(problems, (place){.file = f->path}, "no adapter of the pack \"%s\" fits this file",
            "规则包“%s”中没有适配器适合这个文件", c->rules->id);
  if (of == NULL) {
    fault_next(problems, "hongzhu pack show lists the adapters and their columns; name one with --adapter",
               "hongzhu pack show 可列出适配器及其列，可用 --adapter 指定");
    return NULL;
  }
  fault_next(problems, "nearest is adapter \"%s\":", "最接近的是适配器“%s”：", of->id);
  near_header_fault(nearest, of, f->path, problems);
  return NULL;
}

static const adapter *several_fit(const choosing *c, const import_input *f, faults *problems) {
  char *list = arena_text(problems->memory, "");
  for (size_t i = 0; i < c->rules->adapters_count; i++)
    if (c->fits[i])
      list = arena_format(problems->memory, "%s%s%s", list, list[0] == '\0' ? "" : ", ", c->rules->adapters[i].id);
  fault_add(problems, (place){.file = f->path}, "several adapters fit this file: %s", "有多个适配器适合这个文件：%s",
            list);
  fault_next(problems, "name one with --adapter; a file with tables for several is imported once by each",
             "请用 --adapter 指定一个；含有多种表的文件，按每个适配器各导入一次");
  return NULL;
}

static const adapter *choose(arena *a, const pack *rules, const offer *reader, const import_input *f,
                             faults *problems) {
  choosing c = {.memory = a, .row = arena_new(), .rules = rules, .reader = reader};
  c.fits = arena_array(a, rules->adapters_count + 1, sizeof *c.fits);
  c.near = arena_array(a, rules->adapters_count + 1, sizeof *c.near);
  for (size_t i = 0; i < rules->adapters_count; i++) c.near[i].memory = a;
  bool good = foreign_read_asked(f->asked, reader, f->descriptor, f->name, NULL, 0,
                                 &(reading){.context = &c, .sheet = choose_sheet, .row = choose_row}, problems);
  arena_free(c.row);
  if (!good) return NULL;
  const adapter *best = NULL;
  size_t fitting = 0;
  for (size_t i = 0; i < rules->adapters_count; i++) {
    if (!c.fits[i]) continue;
    fitting++;
    bool above_all = true;
    for (size_t k = 0; k < rules->adapters_count; k++)
      above_all = above_all && (k == i || !c.fits[k] || asks_more(&rules->adapters[i], &rules->adapters[k]));
    if (above_all) best = &rules->adapters[i];
  }
  if (fitting == 0) return nothing_fits(&c, f, problems);
  return best != NULL ? best : several_fit(&c, f, problems);
}

const adapter *import_adapter(arena *a, const pack *rules, const offer *reader, const import_input *f,
                              const char *named, faults *problems) {
  if (named == NULL) return choose(a, rules, reader, f, problems);
  const adapter *found = adapters_named(rules->adapters, rules->adapters_count, named);
  if (found != NULL) return found;
  const char **ids = arena_array(a, rules->adapters_count + 1, sizeof *ids);
  for (size_t i = 0; i < rules->adapters_count; i++) ids[i] = rules->adapters[i].id;
  const char *near = text_nearest(named, ids, rules->adapters_count);
  if (near != NULL)
    fault_add(problems, NOWHERE, "the pack \"%s\" has no adapter \"%s\"; nearest is \"%s\"",
              "规则包“%s”没有适配器“%s”，最接近的是“%s”", rules->id, named, near);
  else
    fault_add(problems, NOWHERE, "the pack \"%s\" has no adapter \"%s\"", "规则包“%s”没有适配器“%s”", rules->id, named);
  fault_next(problems, "hongzhu pack show lists the adapters", "hongzhu pack show 可列出适配器");
  return NULL;
}
