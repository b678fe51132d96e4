#include "rows.h"

#include <string.h>

typedef struct scan {
  const char *at, *end;
  uint64_t line;
} scan;

static void step(scan *s) {
  s->line += *s->at == '\n';
  s->at++;
}

static void blanks(scan *s) {
  while (s->at < s->end &&
         (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r' || *s->at == ':' || *s->at == ','))
    step(s);
}

/* Past a string, at whose quote it stands. */
static void string(scan *s) {
  step(s);
  while (s->at < s->end && *s->at != '"') {
    if (*s->at == '\\') step(s);
    if (s->at < s->end) step(s);
  }
  if (s->at < s->end) step(s);
}

static void any_value(scan *s) {
  int depth = 0;
  do {
    blanks(s);
    if (s->at >= s->end) return;
    char c = *s->at;
    if (c == '"') {
      string(s);
    } else if (c == '{' || c == '[') {
      depth++;
      step(s);
    } else if (c == '}' || c == ']') {
      depth--;
      step(s);
    } else {
      do step(s);
      while (s->at < s->end && (*s->at == '\0' || !strchr(",:{}[]\" \t\r\n", *s->at)));
    }
    blanks(s);
  } while (depth > 0);
}

/* To the value of a member of the object whose brace it stands at. A name with escapes is another's. */
static bool to_member(scan *s, const char *member) {
  size_t length = strlen(member);
  step(s);
  for (blanks(s); s->at < s->end && *s->at == '"'; blanks(s)) {
    const char *name = s->at + 1;
    string(s);
    bool found = (size_t)(s->at - 1 - name) == length && !memcmp(name, member, length);
    blanks(s);
    if (found) return s->at < s->end;
    any_value(s);
  }
  return false;
}

bool rows_lines(const char *text, size_t length, const char *member, uint64_t *header, uint64_t *lines, size_t count) {
  scan s = {text, text + length, 1};
  if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) s.at += 3;
  blanks(&s);
  if (member && (s.at >= s.end || *s.at != '{' || !to_member(&s, member))) return false;
  *header = s.line;
  bool members = *s.at == '{', apart = true;
  uint64_t before = s.line;
  step(&s);
  for (size_t i = 0; i < count; i++) {
    blanks(&s);
    uint64_t begins = s.line; /* of a member, its name */
    if (members) string(&s);
    any_value(&s);
    apart = apart && begins > before;
    lines[i] = before = begins;
  }
  return apart;
}
