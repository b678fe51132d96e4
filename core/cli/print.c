#include "cli/print.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* ---- text ---- */

void print_line(const call *c, const char *en, const char *zh, ...) {
  if (c->json) return;
  va_list arguments;
  va_start(arguments, zh);
  char *line = NULL;
  int length = vasprintf(&line, c->in == LANGUAGE_ZH ? zh : en, arguments);
  va_end(arguments);
  if (length < 0) memory_exhausted();
  char *safe = text_for_terminal(c->memory, line);
  free(line);
  size_t end = strlen(safe);
  while (end > 0 && safe[end - 1] == ' ') end--;
  fprintf(c->out, "%.*s\n", (int)end, safe);
}

void print_text(const call *c, const char *text) {
  while (*text) {
    size_t length = strcspn(text, "\n");
    print_line(c, "%.*s", "%.*s", (int)length, text);
    text += length + (text[length] == '\n');
  }
}

void print_listed(const call *c, buffer *list, const char *text) {
  if (list->length) buffer_text(list, c->in == LANGUAGE_ZH ? "、" : ", ");
  buffer_text(list, text);
}

void print_json(const call *c, const json_t *value) {
  if (!c->json) return;
  fprintf(c->out, "%s\n", text_for_json(c->memory, json_pretty(c->memory, value)));
}

char *print_count(arena *a, int64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%lld", (long long)number);
  const char *at = digits + (digits[0] == '-');
  size_t length = strlen(at);
  char *out = arena_take(a, 32), *to = out;
  if (at > digits) *to++ = '-';
  for (size_t i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) *to++ = ',';
    *to++ = at[i];
  }
  return out;
}

/* ---- tables ---- */

table *table_new(const call *c, const table_column *columns, size_t columns_count) {
  table *t = arena_take(c->memory, sizeof *t);
  t->columns = columns;
  t->columns_count = columns_count;
  return t;
}

void table_row(const call *c, table *t, const char *const *cells) {
  for (size_t i = 0; i < t->columns_count; i++) {
    const char **cell = ARENA_PUSH(c->memory, t->cells, t->cells_count, t->cells_capacity);
    *cell = cells[i] ? text_for_terminal(c->memory, cells[i]) : "";
  }
}

static void print_cells(const call *c, const table *t, const char *const *cells, const size_t *widths, size_t blanks) {
  buffer line = {0};
  for (size_t i = 0; i < blanks; i++) buffer_text(&line, " ");
  for (size_t i = 0; i < t->columns_count; i++) {
    size_t pad = widths[i] - text_width(cells[i]);
    if (!t->columns[i].right) buffer_text(&line, cells[i]);
    for (size_t j = 0; j < pad; j++) buffer_text(&line, " ");
    if (t->columns[i].right) buffer_text(&line, cells[i]);
    if (i + 1 < t->columns_count) buffer_text(&line, "  ");
  }
  while (line.length > 0 && line.at[line.length - 1] == ' ') line.at[--line.length] = '\0';
  fprintf(c->out, "%s\n", line.at ? line.at : "");
  buffer_free(&line);
}

void print_table_indented(const call *c, const table *t, size_t blanks, bool titles) {
  if (c->json || t->cells_count == 0) return;
  size_t *widths = arena_array(c->memory, t->columns_count, sizeof *widths);
  const char **heads = arena_array(c->memory, t->columns_count, sizeof *heads);
  const char **rules = arena_array(c->memory, t->columns_count, sizeof *rules);
  for (size_t i = 0; i < t->columns_count; i++) {
    heads[i] = text_for_terminal(c->memory, t->columns[i].title.in[c->in]);
    widths[i] = titles ? text_width(heads[i]) : 0;
    for (size_t at = i; at < t->cells_count; at += t->columns_count) {
      size_t width = text_width(t->cells[at]);
      if (width > widths[i]) widths[i] = width;
    }
    char *rule = arena_take(c->memory, widths[i] + 1);
    memset(rule, '-', widths[i]);
    rules[i] = rule;
  }
  if (titles) {
    print_cells(c, t, heads, widths, blanks);
    print_cells(c, t, rules, widths, blanks);
  }
  for (size_t at = 0; at < t->cells_count; at += t->columns_count) print_cells(c, t, t->cells + at, widths, blanks);
}

void print_table(const call *c, const table *t) {
  print_table_indented(c, t, 0, true);
}

/* ---- progress ---- */

static bool progress_shown(const call *c) {
  return !c->json && isatty(fileno(c->err));
}

enum { SHOW_EVERY = 100, RATE_AFTER = 500 }; /* milliseconds */

static int64_t clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void add_left(buffer *b, language in, int64_t seconds) {
  if (seconds >= 3600)
    buffer_format(b, in == LANGUAGE_ZH ? "%lld 小时 %lld 分" : "%lld h %lld min", (long long)(seconds / 3600),
                  (long long)(seconds % 3600 / 60));
  else if (seconds >= 60)
    buffer_format(b, in == LANGUAGE_ZH ? "%lld 分 %lld 秒" : "%lld min %lld s", (long long)(seconds / 60),
                  (long long)(seconds % 60));
  else
    buffer_format(b, in == LANGUAGE_ZH ? "%lld 秒" : "%lld s", (long long)seconds);
}

/* How much of how much, by which the time left is reckoned. */
typedef struct measure {
  uint64_t done, whole; /* whole 0: not known */
  uint64_t more;        /* done in the time looked at */
} measure;

static void add_rate(buffer *b, arena *a, language in, uint64_t more, measure by, int64_t milliseconds) {
  bool zh = in == LANGUAGE_ZH;
  if (milliseconds < RATE_AFTER || more == 0) return;
  buffer_format(b, zh ? "，每秒 %s" : ", %s a second", print_count(a, (int64_t)(more * 1000 / (uint64_t)milliseconds)));
  if (by.whole <= by.done || by.more == 0) return;
  buffer_text(b, zh ? "，还需约 " : ", about ");
  add_left(b, in, (int64_t)((double)(by.whole - by.done) * (double)milliseconds / (double)by.more / 1000) + 1);
  buffer_text(b, zh ? "" : " left");
}

static char *taken(arena *a, buffer *b) {
  char *text = arena_text(a, b->at);
  buffer_free(b);
  return text;
}

static int percent(uint64_t part, uint64_t whole) {
  return (int)(whole > UINT64_MAX / 100 ? part / (whole / 100) : part * 100 / whole);
}

char *print_progress_text(arena *a, language in, said what, uint64_t done, uint64_t total, uint64_t more,
                          int64_t milliseconds) {
  buffer b = {0};
  bool zh = in == LANGUAGE_ZH;
  buffer_format(&b, "%s %s", text_for_terminal(a, what.in[in]), print_count(a, (int64_t)done));
  if (total > 0)
    buffer_format(&b, zh ? " / %s（%d%%）" : " / %s (%d%%)", print_count(a, (int64_t)total), percent(done, total));
  add_rate(&b, a, in, more, (measure){done, total, more}, milliseconds);
  return taken(a, &b);
}

char *print_progress_part_text(arena *a, language in, said what, uint64_t done, uint64_t more, uint64_t part,
                               uint64_t whole, uint64_t more_part, int64_t milliseconds) {
  buffer b = {0};
  bool zh = in == LANGUAGE_ZH;
  buffer_format(&b, "%s %s", text_for_terminal(a, what.in[in]), print_count(a, (int64_t)done));
  if (whole > 0) buffer_format(&b, zh ? "（%d%%）" : " (%d%%)", percent(part, whole));
  add_rate(&b, a, in, more, (measure){part, whole, more_part}, milliseconds);
  return taken(a, &b);
}

/* Whether a line is to be shown now; what is known of the work so far is noted. */
static bool progress_due(const call *c, const char *en, uint64_t done, uint64_t part, bool last) {
  if (!progress_shown(c)) return false;
  progress *p = c->progress;
  int64_t now = clock_now();
  if (p && (!p->what || strcmp(p->what, en) != 0 || done < p->first))
    *p = (progress){.what = en, .first = done, .first_part = part, .began = now};
  if (p && now - p->shown < SHOW_EVERY && !last) return false;
  if (p) p->shown = now;
  return true;
}

/* A line that is longer than the terminal is wide would be wrapped, and only its end taken back. */
static const char *as_wide(const call *c, arena *a, const char *text) {
  struct winsize size;
  if (ioctl(fileno(c->err), TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return text;
  return text_shortened(a, text, size.ws_col - 1U);
}

static void show_progress(const call *c, arena *a, const char *text) {
  text = as_wide(c, a, text);
  fprintf(c->err, "\r\033[K%s", text);
  fflush(c->err);
  arena_free(a); /* a line that is shown a thousand times leaves nothing behind */
}

void print_progress(const call *c, const char *en, const char *zh, uint64_t done, uint64_t total) {
  if (!progress_due(c, en, done, 0, total > 0 && done >= total)) return;
  const progress *p = c->progress;
  arena *a = arena_new();
  show_progress(c, a,
                print_progress_text(a, c->in, (said){{zh, en}}, done, total, p ? done - p->first : 0,
                                    p ? p->shown - p->began : 0));
}

void print_progress_part(const call *c, const char *en, const char *zh, uint64_t done, uint64_t part, uint64_t whole) {
  if (!progress_due(c, en, done, part, false)) return;
  const progress *p = c->progress;
  arena *a = arena_new();
  show_progress(c, a,
                print_progress_part_text(a, c->in, (said){{zh, en}}, done, p ? done - p->first : 0, part, whole,
                                         p && part > p->first_part ? part - p->first_part : 0,
                                         p ? p->shown - p->began : 0));
}

void print_progress_then(const call *c, const char *en, const char *zh) {
  if (progress_shown(c) && c->progress && c->progress->what)
    show_progress(c, arena_new(), c->in == LANGUAGE_ZH ? zh : en);
}

void print_progress_end(const call *c) {
  if (c->progress) c->progress->what = NULL;
  if (!progress_shown(c)) return;
  fputs("\r\033[K", c->err);
  fflush(c->err);
}

/* ---- faults ---- */

static json_t *fault_json(arena *a, const fault *f) {
  json_t *value = json_object();
  json_object_set_new(value, "level", json_string(f->warning ? "warning" : "error"));
  const char *where = place_text(a, f->where, LANGUAGE_EN);
  if (where[0]) json_object_set_new(value, "place", json_string(where));
  if (f->where.file) json_object_set_new(value, "file", json_string(f->where.file));
  if (f->where.sheet) json_object_set_new(value, "sheet", json_string(f->where.sheet));
  if (f->where.row > 0) json_object_set_new(value, "row", json_integer(f->where.row));
  if (f->where.column) json_object_set_new(value, "column", json_string(f->where.column));
  if (f->where.line > 0) json_object_set_new(value, "line", json_integer(f->where.line));
  json_object_set_new(value, "what", json_words(f->what));
  if (f->next.in[LANGUAGE_EN]) json_object_set_new(value, "next", json_words(f->next));
  return value;
}

void print_faults(const call *c) {
  for (size_t i = 0; i < c->problems->count; i++) {
    const fault *f = &c->problems->items[i];
    if (c->json) {
      json_t *value = fault_json(c->memory, f);
      fprintf(c->err, "%s\n", text_for_json(c->memory, json_canonical(c->memory, value)));
      json_decref(value);
    } else {
      fprintf(c->err, "%s\n", fault_text(c->memory, f, c->in));
    }
  }
  if (c->problems->dropped == 0) return;
  if (c->json)
    fprintf(c->err, "{\"dropped\":%zu}\n", c->problems->dropped);
  else if (c->in == LANGUAGE_ZH)
    fprintf(c->err, "另有 %zu 条未列出\n", c->problems->dropped);
  else
    fprintf(c->err, "and %zu more\n", c->problems->dropped);
}
