#include "base/program.h"
#include "base/system.h"
#include "host/foreign_wire.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STARTED_MOST 8 /* workers at a time */

static const char *const kind_names[] = {"reader", "writer", "rule"};
static const said kind_words[] = {{{"读取器", "reader"}}, {{"输出器", "writer"}}, {{"规则", "rule"}}};

/* ---- faults ---- */

void foreign_warn(faults *from, faults *to) {
  for (size_t i = 0; i < from->count; i++) {
    const fault *f = &from->items[i];
    fault_warn(to, f->where, "%s%.0s", "%.0s%s", f->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_ZH]);
    if (f->next.in[LANGUAGE_EN]) fault_next(to, "%s%.0s", "%.0s%s", f->next.in[LANGUAGE_EN], f->next.in[LANGUAGE_ZH]);
  }
}

bool foreign_garbage(worker *w, said doing, const char *en, const char *zh, faults *problems) {
  worker_stop(w);
  fault_add(problems, NOWHERE, "%s%.0s gave what is no answer: %s%.0s", "%.0s%s给出了无法识别的内容：%.0s%s",
            doing.in[LANGUAGE_EN], doing.in[LANGUAGE_ZH], en, zh);
  fault_next(problems, "nothing was changed; tell whoever made it", "没有改动任何数据；请告知其作者");
  return fault_mark(problems, FAULT_FOREIGN);
}

said foreign_doing(arena *a, const offer *o, const char *on) {
  said kind = kind_words[o->kind];
  const char *verb = o->kind == OFFER_READER ? "读取" : "输出";
  said out;
  if (on) {
    out.in[LANGUAGE_EN] = arena_format(a, "%s \"%s\" on \"%s\"", kind.in[LANGUAGE_EN], o->name, on);
    out.in[LANGUAGE_ZH] = arena_format(a, "%s“%s”%s“%s”时", kind.in[LANGUAGE_ZH], o->name, verb, on);
  } else {
    out.in[LANGUAGE_EN] = arena_format(a, "%s \"%s\"", kind.in[LANGUAGE_EN], o->name);
    out.in[LANGUAGE_ZH] = arena_format(a, "%s“%s”", kind.in[LANGUAGE_ZH], o->name);
  }
  return out;
}

/* ---- options ---- */

static const offer_option *option_named(const offer *o, const char *name) {
  for (size_t i = 0; i < o->options_count; i++) {
    if (text_same(o->options[i].name, name)) return &o->options[i];
  }
  return NULL;
}

static void unknown_option(arena *a, const offer *o, const char *name, faults *problems) {
  const char **names = arena_array(a, o->options_count, sizeof *names);
  for (size_t i = 0; i < o->options_count; i++) names[i] = o->options[i].name;
  said kind = kind_words[o->kind];
  fault_add(problems, NOWHERE, "%s%.0s \"%s\" has no option \"%s\"", "%.0s%s“%s”没有选项“%s”", kind.in[LANGUAGE_EN],
            kind.in[LANGUAGE_ZH], o->name, name);
  const char *near = text_nearest(name, names, o->options_count);
  if (near)
    fault_next(problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  else
    fault_next(problems, "see its options with: hongzhu plugin show %s", "查看其选项：hongzhu plugin show %s",
               o->plugin);
}

static void bad_value(const offer *o, const offer_option *row, const char *value, faults *problems) {
  said kind = kind_words[o->kind], type;
  if (strcmp(row->type, "whole") == 0)
    type = (said){{"整数", "a whole number"}};
  else if (strcmp(row->type, "truth") == 0)
    type = (said){{"true 或 false", "true or false"}};
  else if (strcmp(row->type, "text") == 0)
    type = (said){{"UTF-8文字", "a text in UTF-8"}};
  else
    type = (said){{row->type, row->type}};
  fault_add(problems, NOWHERE, "option \"%s\" of %s%.0s \"%s\" must be %s%.0s, not \"%s\"",
            "选项“%s”（%.0s%s“%s”）应为%.0s%s，而不是“%s”", row->name, kind.in[LANGUAGE_EN], kind.in[LANGUAGE_ZH],
            o->name, type.in[LANGUAGE_EN], type.in[LANGUAGE_ZH], value);
}

const char *const *foreign_arguments(arena *a, const offer *o, const char *const *fixed, const option_value *options,
                                     size_t count, faults *problems) {
  size_t first = 0, before = problems->errors;
  while (fixed[first]) first++;
  const char **out = arena_array(a, first + count + 1, sizeof *out);
  for (size_t i = 0; i < first; i++) out[i] = fixed[i];
  for (size_t i = 0; i < count; i++) {
    const offer_option *row = option_named(o, options[i].name);
    if (!row)
      unknown_option(a, o, options[i].name, problems);
    else if (!plugin_option_value_good(row->type, options[i].value))
      bad_value(o, row, options[i].value, problems);
    else
      out[first + i] = arena_format(a, "%s=%s", options[i].name, options[i].value);
  }
  return problems->errors == before ? out : NULL;
}

/* ---- what a worker says a plugin offers ---- */

static const char *good_text(const json_t *object, const char *key, bool *good) {
  const char *text = json_member_text(object, key);
  if (!plugin_text_good(text)) *good = false;
  return text;
}

static said good_words(arena *a, const json_t *object, const char *key, bool *good) {
  const json_t *words = json_object_get(object, key);
  said out;
  out.in[LANGUAGE_ZH] = arena_text(a, good_text(words, "zh", good));
  out.in[LANGUAGE_EN] = arena_text(a, good_text(words, "en", good));
  return out;
}

static const char *good_name(arena *a, const json_t *object, bool *good) {
  const char *name = json_member_text(object, "name");
  if (!plugin_name_good(name)) *good = false;
  return arena_text(a, name);
}

static void read_options(arena *a, const json_t *list, offer *out, bool *good) {
  size_t count = json_array_size(list);
  if (count > PLUGIN_OPTIONS_MOST) *good = false;
  if (count == 0 || !*good) return;
  offer_option *rows = arena_array(a, count, sizeof *rows);
  for (size_t i = 0; i < count; i++) {
    const json_t *row = json_array_get(list, i);
    rows[i].name = good_name(a, row, good);
    rows[i].type = arena_text(a, good_text(row, "type", good));
    rows[i].help = good_words(a, row, "help", good);
    rows[i].otherwise = arena_text(a, json_member_text(row, "otherwise"));
    if (*good && !plugin_option_type_good(rows[i].type)) *good = false;
    if (*good && rows[i].otherwise && !plugin_option_value_good(rows[i].type, rows[i].otherwise)) *good = false;
  }
  out->options = rows;
  out->options_count = count;
}

static bool read_offer(arena *a, const json_t *value, offer *out) {
  bool good = true;
  const char *kind = good_text(value, "kind", &good);
  if (!good) return false;
  size_t which = 0;
  while (which < 3 && strcmp(kind, kind_names[which]) != 0) which++;
  if (which == 3) return false;
  out->kind = (offer_kind)which;
  out->name = good_name(a, value, &good);
  out->title = good_words(a, value, "title", &good);
  if (out->kind == OFFER_RULE) return good;
  out->extensions = arena_text(a, good_text(value, "extensions", &good));
  if (good && !plugin_extensions_good(out->extensions, out->kind == OFFER_READER)) return false;
  if (out->kind == OFFER_WRITER) out->mime = arena_text(a, good_text(value, "mime", &good));
  out->needs = (uint32_t)json_member_integer(value, "needs", 0) & (HONGZHU_NEEDS_FOLDER | HONGZHU_NEEDS_FONTS);
  read_options(a, json_object_get(value, "options"), out, &good);
  return good;
}

typedef struct offers_list {
  arena *memory;
  offer *items;
  size_t count, capacity;
  size_t failed;
  offers_table *tables; /* of those that were asked, in the arena */
  size_t tables_count, tables_capacity;
} offers_list;

/* Adds what the table says; false if it is no table. */
static bool read_table(offers_list *to, const char *file, const json_t *table) {
  bool good = true;
  arena *a = to->memory;
  offer from = {.file = arena_text(a, file)};
  from.plugin = good_name(a, table, &good);
  from.plugin_version = arena_text(a, good_text(table, "version", &good));
  from.license = arena_text(a, good_text(table, "license", &good));
  from.plugin_title = good_words(a, table, "title", &good);
  from.contact = arena_text(a, json_member_text(table, "contact"));
  if (from.contact && !plugin_text_good(from.contact)) good = false;
  const json_t *list = json_object_get(table, "offers");
  size_t count = json_array_size(list);
  if (!good || count == 0 || count > 3 * PLUGIN_OFFERS_MOST) return false;
  for (size_t i = 0; i < count; i++) {
    offer one = from;
    if (!read_offer(a, json_array_get(list, i), &one)) return false;
    *ARENA_PUSH(a, to->items, to->count, to->capacity) = one;
  }
  return true;
}

/* ---- asking ---- */

static said asking(arena *a, const char *file) {
  const char *base = strrchr(file, '/');
  base = base ? base + 1 : file;
  said out;
  out.in[LANGUAGE_EN] = arena_format(a, "plugin \"%s\"", base);
  out.in[LANGUAGE_ZH] = arena_format(a, "插件“%s”", base);
  return out;
}

static worker *ask(arena *a, const char *file, faults *problems) {
  const char *const files[] = {file, NULL};
  worker_order order = {
      .role = "offers", .doing = asking(a, file), .arguments = files, .libraries = files, .seconds = 10};
  return worker_start(&order, problems);
}

static bool answer(offers_list *to, const char *file, worker *w, faults *problems) {
  frame f;
  bool good;
  if (!worker_receive(w, &f, &good, problems)) return worker_finish(w, problems) && false;
  json_t *table = f.type == FRAME_OFFERS ? json_loadb((const char *)f.bytes, f.length, 0, NULL) : NULL;
  bool read = table && read_table(to, file, json_kept(to->memory, table));
  if (read) *ARENA_PUSH(to->memory, to->tables, to->tables_count, to->tables_capacity) = (offers_table){file, table};
  if (!read)
    return foreign_garbage(w, asking(to->memory, file), "a table of offers that cannot be read", "无法解读的内容列表",
                           problems);
  return worker_finish(w, problems);
}

/* ---- finding the files ---- */

typedef struct file_list {
  arena *memory;
  const char **items;
  size_t count, capacity;
  size_t failed; /* folders that could not be searched */
} file_list;

/* The file itself, whatever way led to it: a folder named twice is searched once. */
static void add_file(file_list *to, const char *path) {
  char *real = realpath(path, NULL);
  const char *file = arena_text(to->memory, real ? real : path);
  free(real);
  for (size_t i = 0; i < to->count; i++) {
    if (text_same(to->items[i], file)) return;
  }
  *ARENA_PUSH(to->memory, to->items, to->count, to->capacity) = file;
}

static bool folder_files(file_list *to, const char *folder) {
  struct dirent **entries;
  int count = scandir(folder, &entries, NULL, alphasort);
  if (count < 0 && errno == ENOMEM) memory_exhausted();
  if (count < 0) return false;
  for (int i = 0; i < count; i++) {
    const char *name = entries[i]->d_name;
    size_t length = strlen(name);
    if (length > 3 && name[0] != '.' && strcmp(name + length - 3, ".so") == 0)
      add_file(to, arena_format(to->memory, "%s/%s", folder, name));
    free(entries[i]);
  }
  free(entries);
  return true;
}

static void cannot_search(file_list *to, const char *folder, faults *problems) {
  to->failed++;
  fault_warn(problems, (place){.file = folder}, "cannot be searched for plugins: %s%.0s", "无法在其中查找插件：%.0s%s",
             SYSTEM_WORDS(errno));
}

static void own_files(file_list *to, faults *problems) {
  const char *own = program_plugins(to->memory);
  if (own && !folder_files(to, own)) cannot_search(to, own, problems);
}

static void find_files(file_list *to, faults *problems) {
  const char *folders = getenv("HONGZHU_PLUGINS");
  if (!folders || !folders[0]) {
    own_files(to, problems);
    return;
  }
  for (const char *at = folders;; at++) {
    size_t length = strcspn(at, ":");
    const char *folder = arena_text_of(to->memory, at, length);
    if (length == 0) {
      own_files(to, problems);
    } else if (!folder_files(to, folder)) {
      cannot_search(to, folder, problems);
      fault_next(problems, "correct HONGZHU_PLUGINS", "请更正 HONGZHU_PLUGINS");
    }
    at += length;
    if (*at == '\0') return;
  }
}

static int by_kind_and_name(const void *a, const void *b) {
  const offer *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  int order = strcmp(x->name, y->name);
  return order ? order : strcmp(x->file, y->file);
}

static bool check_unique(const offers *all, faults *problems) {
  bool good = true;
  for (size_t i = 1; i < all->count; i++) {
    const offer *a = &all->items[i - 1], *b = &all->items[i];
    if (a->kind != b->kind || !text_same(a->name, b->name)) continue;
    good = fault_add(problems, NOWHERE, "%s%.0s \"%s\" is offered twice: by \"%s\" and by \"%s\"",
                     "%.0s%s“%s”有两个：“%s”和“%s”都提供", kind_words[a->kind].in[LANGUAGE_EN],
                     kind_words[a->kind].in[LANGUAGE_ZH], a->name, a->file, b->file);
    fault_next(problems, "take one of the two out of the folders of plugins", "请从插件文件夹中移走其中一个");
  }
  return good;
}

static bool offers_sorted(const offers_list *list, offers *out, faults *problems) {
  *out = (offers){list->items, list->count, list->failed};
  if (out->count > 0) qsort(out->items, out->count, sizeof *out->items, by_kind_and_name);
  return check_unique(out, problems);
}

static void ask_all(offers_list *to, const file_list *files, faults *problems) {
  for (size_t first = 0; first < files->count; first += STARTED_MOST) {
    size_t count = files->count - first < STARTED_MOST ? files->count - first : STARTED_MOST;
    worker *asked[STARTED_MOST];
    faults *found[STARTED_MOST];
    const char **file = files->items + first;
    for (size_t i = 0; i < count; i++) {
      found[i] = faults_new(to->memory);
      asked[i] = ask(to->memory, file[i], found[i]);
    }
    for (size_t i = 0; i < count; i++) {
      size_t before = to->count;
      if (!asked[i] || !answer(to, file[i], asked[i], found[i])) {
        to->count = before;
        to->failed++;
      }
      foreign_warn(found[i], problems);
    }
  }
}

/* Those of which nothing fitting was written down are left. */
static void take_noted(offers_list *to, file_list *files) {
  offers_notes notes = {.memory = to->memory};
  size_t left = 0;
  for (size_t i = 0; i < files->count; i++) {
    const json_t *table = offers_noted(&notes, files->items[i]);
    size_t before = to->count;
    if (table && read_table(to, files->items[i], table)) continue;
    to->count = before;
    files->items[left++] = files->items[i];
  }
  files->count = left;
}

static bool find(arena *a, bool noted, offers *out, faults *problems) {
  file_list files = {.memory = a};
  offers_list list = {.memory = a};
  find_files(&files, problems);
  list.failed = files.failed;
  if (noted) take_noted(&list, &files);
  ask_all(&list, &files, problems);
  return offers_sorted(&list, out, problems);
}

bool offers_find(arena *a, offers *out, faults *problems) {
  return find(a, true, out, problems);
}

bool offers_ask(arena *a, offers *out, faults *problems) {
  return find(a, false, out, problems);
}

bool offers_write(arena *a, const char *folder, offers *out, const char **path, faults *problems) {
  file_list files = {.memory = a};
  offers_list list = {.memory = a};
  *out = (offers){0};
  *path = folder ? folder : program_plugins(a);
  if (!*path || !folder_files(&files, *path))
    return fault_add(problems, (place){.file = *path}, "cannot be searched for plugins: %s%.0s",
                     "无法在其中查找插件：%.0s%s", SYSTEM_WORDS(errno));
  ask_all(&list, &files, problems);
  return offers_sorted(&list, out, problems) && offers_note(a, *path, list.tables, list.tables_count, problems);
}

bool offers_check_table(arena *a, const char *file, offers *out, faults *problems) {
  offers_list list = {.memory = a};
  char *path = realpath(file, NULL);
  if (!path)
    return fault_add(problems, (place){.file = file}, "cannot be opened: %s%.0s", "无法打开：%.0s%s",
                     SYSTEM_WORDS(errno));
  const char *real = arena_text(a, path);
  free(path);
  worker *w = ask(a, real, problems);
  return w && answer(&list, real, w, problems) && offers_sorted(&list, out, problems);
}

bool offers_missing(const offers *all, faults *problems) {
  return all->failed > 0 && fault_mark(problems, FAULT_FOREIGN);
}

const offer *offers_named(const offers *all, offer_kind kind, const char *name, faults *problems) {
  arena *a = arena_new();
  const char **names = arena_array(a, all->count, sizeof *names);
  size_t count = 0;
  const offer *found = NULL;
  for (size_t i = 0; i < all->count && !found; i++) {
    if (all->items[i].kind != kind) continue;
    if (text_same(all->items[i].name, name)) found = &all->items[i];
    names[count++] = all->items[i].name;
  }
  if (!found) {
    fault_add(problems, NOWHERE, "no plugin offers a %s%.0s \"%s\"", "没有插件提供%.0s%s“%s”",
              kind_words[kind].in[LANGUAGE_EN], kind_words[kind].in[LANGUAGE_ZH], name);
    const char *near = text_nearest(name, names, count);
    if (near)
      fault_next(problems, "did you mean \"%s\"?", "是不是“%s”？", near);
    else
      fault_next(problems, "see what there is with: hongzhu plugin list", "查看已有的插件：hongzhu plugin list");
    offers_missing(all, problems);
  }
  arena_free(a);
  return found;
}
