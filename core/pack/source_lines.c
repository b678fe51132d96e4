#include "pack/source_lines.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_SIGN } token_kind;

typedef struct token {
  token_kind kind;
  char sign; /* TOKEN_SIGN: '=' only for a single one */
  int line;
  const char *at; /* of a text: what stands between the quotes, escapes unread */
  size_t length;
} token;

typedef struct reader {
  const char *at;
  int line;
  token next; /* one token ahead */
} reader;

static bool name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

/* "[[" or "[=[" …: the level, or -1. */
static int long_bracket(const char *at) {
  int level = 0;
  if (*at++ != '[') return -1;
  while (*at == '=') {
    at++;
    level++;
  }
  return *at == '[' ? level : -1;
}

/* Past the long text that begins at `at`; its inside in *t. */
static void read_long(reader *r, int level, token *t) {
  const char *start = r->at + level + 2, *at = start;
  for (; *at; at++) {
    if (*at == '\n') r->line++;
    if (*at != ']') continue;
    const char *close = at + 1;
    int signs = 0;
    while (*close == '=') {
      close++;
      signs++;
    }
    if (signs == level && *close == ']') {
      t->at = start;
      t->length = (size_t)(at - start);
      r->at = close + 1;
      return;
    }
  }
  t->at = start;
  t->length = (size_t)(at - start);
  r->at = at;
}

static void skip_blanks(reader *r) {
  for (;;) {
    if (*r->at == '\n') {
      r->line++;
      r->at++;
    } else if (*r->at == ' ' || (*r->at >= '\t' && *r->at <= '\r')) {
      r->at++;
    } else if (r->at[0] == '-' && r->at[1] == '-') {
      r->at += 2;
      int level = long_bracket(r->at);
      token ignored;
      if (level >= 0) {
        read_long(r, level, &ignored);
      } else {
        while (*r->at && *r->at != '\n') r->at++;
      }
    } else {
      return;
    }
  }
}

static token read_token(reader *r) {
  skip_blanks(r);
  token t = {.kind = TOKEN_END, .line = r->line, .at = r->at};
  if (*r->at == '\0') return t;
  if (name_start(*r->at)) {
    t.kind = TOKEN_NAME;
    while (name_start(*r->at) || digit(*r->at)) r->at++;
    t.length = (size_t)(r->at - t.at);
    return t;
  }
  if (digit(*r->at)) {
    t.kind = TOKEN_NUMBER;
    while (name_start(*r->at) || digit(*r->at) || *r->at == '.') r->at++;
    t.length = (size_t)(r->at - t.at);
    return t;
  }
  int level = long_bracket(r->at);
  if (level >= 0) {
    t.kind = TOKEN_TEXT;
    read_long(r, level, &t);
    return t;
  }
  if (*r->at == '"' || *r->at == '\'') {
    char quote = *r->at++;
    t.kind = TOKEN_TEXT;
    t.at = r->at;
    while (*r->at && *r->at != quote && *r->at != '\n') {
      if (*r->at == '\\' && r->at[1]) {
        r->at++;
        if (*r->at == '\n') r->line++;
      }
      r->at++;
    }
    t.length = (size_t)(r->at - t.at);
    if (*r->at == quote) r->at++;
    return t;
  }
  t.kind = TOKEN_SIGN;
  t.sign = *r->at++;
  if ((t.sign == '=' || t.sign == '~' || t.sign == '<' || t.sign == '>') && *r->at == '=') {
    t.sign = '?'; /* a comparison */
    r->at++;
  }
  return t;
}

static token take(reader *r) {
  token t = r->next;
  r->next = read_token(r);
  return t;
}

static reader reader_at(const char *text) {
  reader r = {.at = text, .line = 1};
  r.next = read_token(&r);
  return r;
}

static bool is_sign(token t, char sign) {
  return t.kind == TOKEN_SIGN && t.sign == sign;
}

static bool is_text(token t, const char *text) {
  return strlen(text) == t.length && memcmp(t.at, text, t.length) == 0;
}

/* Whether a token is the key: `till` is how `until` is written, which Lua keeps for itself. */
static bool is_key(token t, const char *key) {
  return is_text(t, key) || (strcmp(key, "until") == 0 && is_text(t, "till"));
}

static bool is_name(token t, const char *name) {
  return t.kind == TOKEN_NAME && is_text(t, name);
}

/* Passes over a value up to the comma, semicolon or brace that ends it. */
static void skip_value(reader *r) {
  int depth = 0, blocks = 0;
  while (r->next.kind != TOKEN_END) {
    token t = r->next;
    if (depth == 0 && blocks == 0 && (is_sign(t, ',') || is_sign(t, ';') || is_sign(t, '}'))) return;
    if (is_sign(t, '{') || is_sign(t, '(') || is_sign(t, '[')) depth++;
    if (is_sign(t, '}') || is_sign(t, ')') || is_sign(t, ']')) depth--;
    if (is_name(t, "function") || is_name(t, "if") || is_name(t, "do") || is_name(t, "repeat")) blocks++;
    if (is_name(t, "end") || is_name(t, "until")) blocks--;
    take(r);
  }
}

/* The reader stands behind a "{": moves to the value of `key` and returns true with the key's line, else to the end of
 * the constructor. */
static bool find_key(reader *r, const char *key, int *line) {
  long position = 0;
  while (r->next.kind != TOKEN_END && !is_sign(r->next, '}')) {
    reader before = *r;
    token first = take(r);
    bool named = false, found = false;
    if (first.kind == TOKEN_NAME && is_sign(r->next, '=')) {
      named = true;
      found = is_key(first, key);
      take(r);
    } else if (is_sign(first, '[')) {
      token inside = take(r);
      if (is_sign(r->next, ']')) {
        take(r);
        if (is_sign(r->next, '=')) {
          named = true;
          found = (inside.kind == TOKEN_TEXT || inside.kind == TOKEN_NUMBER) && is_text(inside, key);
          take(r);
        }
      }
    }
    if (!named) {
      *r = before;
      char number[24];
      snprintf(number, sizeof number, "%ld", ++position);
      found = strcmp(number, key) == 0;
    }
    if (found) {
      *line = first.line;
      return true;
    }
    skip_value(r);
    if (is_sign(r->next, ',') || is_sign(r->next, ';')) take(r);
  }
  return false;
}

/* Within a value: to behind the first "{" of it. */
static bool enter_value(reader *r) {
  int depth = 0;
  while (r->next.kind != TOKEN_END) {
    token t = r->next;
    if (is_sign(t, '{')) {
      take(r);
      return true;
    }
    if (depth == 0 && (is_sign(t, ',') || is_sign(t, ';') || is_sign(t, '}'))) return false;
    if (is_sign(t, '(')) depth++;
    if (is_sign(t, ')')) depth--;
    take(r);
  }
  return false;
}

/* How many of the keys are found from behind this "{"; the line of the last. */
static size_t follow(reader r, const char *const *keys, size_t count, int *line) {
  size_t found = 0;
  while (found < count && find_key(&r, keys[found], line)) {
    found++;
    if (found < count && !enter_value(&r)) break;
  }
  return found;
}

int source_line(const char *text, int line, const char *const *keys, size_t count) {
  reader r = reader_at(text);
  while (r.next.kind != TOKEN_END && r.next.line < line) take(&r);
  int best_line = line;
  size_t best = 0;
  bool entered = false;
  while (r.next.kind != TOKEN_END && best < count) {
    token t = take(&r);
    if (!is_sign(t, '{')) continue;
    if (t.line > line && entered) break;
    entered = true;
    int found_line = line;
    size_t found = follow(r, keys, count, &found_line);
    if (found > best) {
      best = found;
      best_line = found_line;
    }
  }
  return best_line;
}

struct source_index {
  reader *positions; /* at the value of each */
  size_t count, capacity;
};

source_index *source_index_new(arena *a, const char *text, int line) {
  source_index *index = arena_take(a, sizeof *index);
  reader r = reader_at(text);
  while (r.next.kind != TOKEN_END && r.next.line < line) take(&r);
  while (r.next.kind != TOKEN_END && !is_sign(r.next, '{')) take(&r);
  take(&r);
  while (r.next.kind != TOKEN_END && !is_sign(r.next, '}')) {
    reader before = r;
    token first = take(&r);
    bool named = (first.kind == TOKEN_NAME && is_sign(r.next, '=')) || is_sign(first, '[');
    r = before;
    if (!named) *ARENA_PUSH(a, index->positions, index->count, index->capacity) = before;
    skip_value(&r);
    if (is_sign(r.next, ',') || is_sign(r.next, ';')) take(&r);
  }
  return index;
}

int source_index_line(const source_index *index, const char *const *keys, size_t count) {
  char *end;
  unsigned long position = count ? strtoul(keys[0], &end, 10) : 0;
  if (position == 0 || *end != '\0' || position > index->count) return 0;
  reader r = index->positions[position - 1];
  int line = r.next.line;
  if (count > 1 && enter_value(&r)) follow(r, keys + 1, count - 1, &line);
  return line;
}

size_t source_literals(arena *a, const char *text, const char *word, const char *key, const char ***out, int *line) {
  reader r = reader_at(text);
  *line = 0;
  while (r.next.kind != TOKEN_END) {
    token t = take(&r);
    if (!is_name(t, word)) continue;
    if (is_sign(r.next, '(')) take(&r);
    if (!is_sign(r.next, '{')) continue;
    take(&r);
    *line = t.line;
    if (!find_key(&r, key, line)) return 0;
    bool list = is_sign(r.next, '{');
    if (list) take(&r);
    const char **texts = NULL;
    size_t count = 0, capacity = 0;
    while (r.next.kind == TOKEN_TEXT) {
      token value = take(&r);
      *ARENA_PUSH(a, texts, count, capacity) = arena_text_of(a, value.at, value.length);
      if (!list || !(is_sign(r.next, ',') || is_sign(r.next, ';'))) break;
      take(&r);
    }
    *out = texts;
    return count;
  }
  return 0;
}
