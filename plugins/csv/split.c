#include "split.h"

#include <stdlib.h>
#include <string.h>

typedef enum state {
  ROW_START,
  FIELD_START,
  PLAIN,
  QUOTED,
  QUOTE_SEEN, /* inside quotes, after a quote: its double or the field's end follows */
  AFTER_QUOTED,
  COMMENT
} state;

/* What a byte means outside quotes. */
enum { ORDINARY, SEPARATOR, LINE_FEED, CARRIAGE_RETURN, QUOTE, NUL };

struct splitter {
  split_format format;
  split_taker *take;
  void *context;
  uint8_t meaning[256];
  state state;
  bool return_seen;    /* the last byte was CR: an LF that follows belongs to it */
  bool something;      /* the row has a cell that is not empty */
  uint64_t line;       /* present line, 1 first */
  uint64_t row_line;   /* line on which the row began */
  char *text;          /* the cells of the row, one after the other */
  size_t length, room; /* of text */
  size_t field;        /* where the present field begins in text */
  hongzhu_text *cells; /* at holds NULL or any non-NULL mark until the row is given: text may still move */
  uint32_t count, cells_room;
  int stopped_with;
};

splitter *split_new(const split_format *format, split_taker *take, void *context) {
  splitter *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->format = *format;
  s->take = take;
  s->context = context;
  s->line = s->row_line = 1;
  s->meaning['\0'] = NUL;
  s->meaning['\n'] = LINE_FEED;
  s->meaning['\r'] = CARRIAGE_RETURN;
  if (format->quote) s->meaning[(uint8_t)format->quote] = QUOTE;
  s->meaning[(uint8_t)format->separator] = SEPARATOR;
  return s;
}

void split_free(splitter *s) {
  if (!s) return;
  free(s->text);
  free(s->cells);
  free(s);
}

uint64_t split_row_line(const splitter *s) {
  return s->state == ROW_START ? s->line : s->row_line;
}
uint64_t split_line(const splitter *s) {
  return s->line;
}
uint32_t split_column(const splitter *s) {
  return s->count + 1;
}
bool split_in_quotes(const splitter *s) {
  return s->state == QUOTED;
}
int split_stopped_with(const splitter *s) {
  return s->stopped_with;
}

static split_problem append(splitter *s, const char *text, size_t length) {
  if (length == 0) return SPLIT_FINE;
  if (length > SPLIT_ROW_MOST - s->length) return SPLIT_TOO_LONG;
  if (s->length + length > s->room) {
    size_t room = s->room ? s->room : 4096;
    while (room < s->length + length) room *= 2;
    char *grown = realloc(s->text, room);
    if (!grown) return SPLIT_MEMORY;
    s->text = grown;
    s->room = room;
  }
  memcpy(s->text + s->length, text, length);
  s->length += length;
  return SPLIT_FINE;
}

static split_problem end_field(splitter *s, bool quoted) {
  if (s->count == SPLIT_COLUMNS_MOST) return SPLIT_TOO_WIDE;
  if (s->count == s->cells_room) {
    uint32_t room = s->cells_room ? s->cells_room * 2 : 64;
    hongzhu_text *grown = realloc(s->cells, room * sizeof *grown);
    if (!grown) return SPLIT_MEMORY;
    s->cells = grown;
    s->cells_room = room;
  }
  size_t length = s->length - s->field;
  if (length > 0) s->something = true;
  s->cells[s->count++] = (hongzhu_text){quoted || length > 0 ? "" : NULL, length};
  s->field = s->length;
  return SPLIT_FINE;
}

static split_problem end_row(splitter *s) {
  split_problem problem = SPLIT_FINE;
  if (s->something) {
    const char *at = s->text;
    for (uint32_t i = 0; i < s->count; i++) {
      if (s->cells[i].length > 0) s->cells[i].at = at;
      at += s->cells[i].length;
    }
    s->stopped_with = s->take(s->context, s->row_line, s->cells, s->count);
    if (s->stopped_with != HONGZHU_OK) problem = SPLIT_STOPPED;
  }
  s->count = 0;
  s->length = s->field = 0;
  s->something = false;
  s->state = ROW_START;
  return problem;
}

/* A byte that ends a field outside quotes: separator or line end. */
static split_problem close_field(splitter *s, char c, bool quoted) {
  split_problem problem = end_field(s, quoted);
  if (problem != SPLIT_FINE) return problem;
  if (c == s->format.separator) {
    s->state = FIELD_START;
    return SPLIT_FINE;
  }
  s->return_seen = c == '\r';
  problem = end_row(s);
  s->line++;
  return problem;
}

/* Inside quotes: takes all up to a quote. */
static split_problem take_quoted(splitter *s, const char *text, size_t length, size_t *used) {
  const char *quote = memchr(text, s->format.quote, length);
  size_t part = quote ? (size_t)(quote - text) : length;
  for (size_t i = 0; i < part; i++) {
    if (text[i] == '\0') return SPLIT_NUL;
    if (text[i] == '\n' ? !s->return_seen : text[i] == '\r') s->line++;
    s->return_seen = text[i] == '\r';
  }
  split_problem problem = append(s, text, part);
  if (problem != SPLIT_FINE) return problem;
  *used = part;
  if (quote) {
    s->return_seen = false;
    s->state = QUOTE_SEEN;
    *used += 1;
  }
  return SPLIT_FINE;
}

/* Outside quotes, inside a field: takes all up to a byte that ends it. */
static split_problem take_plain(splitter *s, const char *text, size_t length, size_t *used) {
  size_t part = 0;
  while (part < length && (s->meaning[(uint8_t)text[part]] == ORDINARY || s->meaning[(uint8_t)text[part]] == QUOTE))
    part++;
  *used = part;
  split_problem problem = append(s, text, part);
  if (problem != SPLIT_FINE || part == length) return problem;
  if (text[part] == '\0') return SPLIT_NUL;
  *used += 1;
  return close_field(s, text[part], false);
}

static split_problem take_comment(splitter *s, const char *text, size_t length, size_t *used) {
  size_t part = 0;
  while (part < length && text[part] != '\n' && text[part] != '\r' && text[part] != '\0') part++;
  *used = part;
  if (part == length) return SPLIT_FINE;
  if (text[part] == '\0') return SPLIT_NUL;
  *used += 1;
  s->return_seen = text[part] == '\r';
  s->line++;
  s->state = ROW_START;
  return SPLIT_FINE;
}

/* The byte after a quote inside quotes, or after blanks that follow it. */
static split_problem take_after_quote(splitter *s, char c) {
  uint8_t meaning = s->meaning[(uint8_t)c];
  if (meaning == NUL) return SPLIT_NUL;
  if (meaning == QUOTE && s->state == QUOTE_SEEN) {
    s->state = QUOTED;
    return append(s, &c, 1);
  }
  if (meaning == SEPARATOR || meaning == LINE_FEED || meaning == CARRIAGE_RETURN) return close_field(s, c, true);
  if (c != ' ' && c != '\t') return SPLIT_AFTER;
  s->state = AFTER_QUOTED;
  return SPLIT_FINE;
}

/* Line ends where a row would begin: empty rows, of which a file may have hundreds of millions. Bytes passed over. */
static size_t pass_empty_rows(splitter *s, const char *text, size_t length) {
  size_t i = 0;
  for (; i < length && (text[i] == '\n' || text[i] == '\r'); i++) {
    if (text[i] == '\r' || !s->return_seen) s->line++;
    s->return_seen = text[i] == '\r';
  }
  return i;
}

split_problem split_text(splitter *s, const char *text, size_t length) {
  size_t i = 0;
  split_problem problem = SPLIT_FINE;
  while (i < length && problem == SPLIT_FINE) {
    size_t used = 0;
    switch (s->state) {
    case ROW_START:
      i += pass_empty_rows(s, text + i, length - i);
      if (i == length) break;
      s->return_seen = false;
      s->row_line = s->line;
      if (s->format.comment && text[i] == s->format.comment) {
        s->state = COMMENT;
        break;
      }
      s->state = FIELD_START;
      break;
    case FIELD_START:
      s->state = PLAIN;
      if (s->format.quote && text[i] == s->format.quote) {
        s->state = QUOTED;
        i++;
      }
      break;
    case PLAIN:
      problem = take_plain(s, text + i, length - i, &used);
      i += used;
      break;
    case QUOTED:
      problem = take_quoted(s, text + i, length - i, &used);
      i += used;
      break;
    case QUOTE_SEEN:
    case AFTER_QUOTED:
      problem = take_after_quote(s, text[i]);
      i++;
      break;
    case COMMENT:
      problem = take_comment(s, text + i, length - i, &used);
      i += used;
      break;
    }
  }
  return problem;
}

split_problem split_end(splitter *s) {
  if (s->state == QUOTED) return SPLIT_OPEN;
  if (s->state == ROW_START || s->state == COMMENT) return SPLIT_FINE;
  split_problem problem = end_field(s, s->state == QUOTE_SEEN || s->state == AFTER_QUOTED);
  return problem == SPLIT_FINE ? end_row(s) : problem;
}

/* ---- the separator by the beginning of a file ---- */

#define GUESS_ROWS 200

typedef struct widths {
  uint32_t of[GUESS_ROWS];
  size_t count;
} widths;

static int take_width(void *context, uint64_t line, const hongzhu_text *cells, uint32_t count) {
  (void)line;
  (void)cells;
  widths *w = context;
  w->of[w->count++] = count;
  return w->count < GUESS_ROWS ? HONGZHU_OK : HONGZHU_STOP;
}

/* The number of cells, more than one, that most rows have, and how many have it. */
static void most_common(const widths *w, uint32_t *width, size_t *rows) {
  *width = 1;
  *rows = 0;
  for (size_t i = 0; i < w->count; i++) {
    size_t same = 0;
    for (size_t k = 0; k < w->count; k++) same += w->of[k] == w->of[i];
    if (w->of[i] > 1 && (same > *rows || (same == *rows && w->of[i] > *width))) {
      *rows = same;
      *width = w->of[i];
    }
  }
}

char split_guess(const char *text, size_t length, bool whole, char quote, char comment) {
  static const char candidates[] = {',', '\t', ';', '|'};
  char best = ',';
  uint32_t best_width = 1;
  size_t best_rows = 0;
  for (size_t i = 0; i < sizeof candidates; i++) {
    if (candidates[i] == quote || candidates[i] == comment) continue;
    widths w = {.count = 0};
    split_format format = {candidates[i], quote, comment};
    splitter *s = split_new(&format, take_width, &w);
    if (!s) return ',';
    split_problem problem = split_text(s, text, length);
    if (problem == SPLIT_FINE && whole) split_end(s);
    split_free(s);
    uint32_t width = 1;
    size_t rows = 0;
    most_common(&w, &width, &rows);
    if (rows > best_rows || (rows == best_rows && width > best_width)) {
      best = candidates[i];
      best_width = width;
      best_rows = rows;
    }
  }
  return best;
}
