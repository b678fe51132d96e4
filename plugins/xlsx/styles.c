#include "styles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- a format's code ---- */

typedef struct shown {
  bool year, month, day, hour, second, elapsed, minute_or_month;
} shown;

static bool among(char c, const char *set) {
  return c && strchr(set, c) != NULL;
}

/* [h], [mm], [ss]: counts on beyond a day; other brackets hold colours, conditions and languages. */
static bool is_elapsed(const char *at, size_t length) {
  if (length == 0 || !among(at[0], "hHmMsS")) return false;
  for (size_t i = 1; i < length; i++)
    if ((at[i] | 0x20) != (at[0] | 0x20)) return false;
  return true;
}

/* Reads one token of a code and returns what follows it. */
static const char *take_token(const char *at, shown *s) {
  char c = (char)(*at >= 'A' && *at <= 'Z' ? *at | 0x20 : *at);
  size_t run = 1;
  while (at[run] && (at[run] | 0x20) == (at[0] | 0x20)) run++;
  switch (c) {
  case '"': {
    const char *close = strchr(at + 1, '"');
    return close ? close + 1 : at + strlen(at);
  }
  case '\\':
  case '_':
  case '*':
    return at[1] ? at + 2 : at + 1;
  case '[': {
    const char *close = strchr(at, ']');
    if (!close) return at + strlen(at);
    if (is_elapsed(at + 1, (size_t)(close - at) - 1)) s->elapsed = true;
    return close + 1;
  }
  case 'g': /* General, or the era of a year */
    if (strncasecmp(at, "General", 7) == 0) return at + 7;
    return at + run;
  case 'e': /* the year of an era, unless it is the E of 0.00E+00 */
    if (at[1] == '+' || at[1] == '-') return at + 2;
    s->year = true;
    return at + run;
  case 'a':
    if (strncasecmp(at, "AM/PM", 5) == 0) return s->hour = true, at + 5;
    if (strncasecmp(at, "A/P", 3) == 0) return s->hour = true, at + 3;
    if (run >= 3) s->day = true; /* aaa: the day of the week */
    return at + run;
  case 'y':
    s->year = true;
    return at + run;
  case 'd':
    s->day = true;
    return at + run;
  case 'h':
    s->hour = true;
    return at + run;
  case 's':
    s->second = true;
    return at + run;
  case 'm':
    if (run >= 3)
      s->month = true;
    else
      s->minute_or_month = true;
    return at + run;
  default:
    return at + 1;
  }
}

static style_kind styles_kind_of_format(const char *code) {
  shown s = {0};
  while (*code) code = take_token(code, &s);
  bool clock = s.hour || s.second;
  if (s.minute_or_month && !clock && !s.elapsed) s.month = true;
  /* m beside a year and a clock is minutes once and a month once; either way the day decides. */
  if (s.year || s.day || s.month) {
    if (clock) return STYLE_DATE_TIME;
    return s.year && !s.day ? STYLE_MONTH : STYLE_DATE;
  }
  if (s.elapsed) return STYLE_DURATION;
  return clock ? STYLE_TIME : STYLE_NUMBER;
}

/* Formats that have a number only; those of 27 to 36 and 50 to 58 as a Chinese office program shows them. */
static style_kind kind_of_built_in(uint32_t id) {
  if ((id >= 14 && id <= 16) || id == 28 || id == 29 || id == 30 || id == 31 || id == 51 || id == 53 || id == 54 ||
      id == 58)
    return STYLE_DATE;
  if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57) return STYLE_MONTH;
  if (id == 22) return STYLE_DATE_TIME;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
    return STYLE_TIME;
  return id == 46 ? STYLE_DURATION : STYLE_NUMBER;
}

/* ---- the part ---- */

typedef struct own_format {
  uint32_t id;
  style_kind kind;
} own_format;

typedef struct styles_reading {
  styles *s;
  own_format *formats;
  uint32_t count, room;
  bool in_cells; /* inside cellXfs */
  problem *p;
} styles_reading;

static bool too_many(problem *p) {
  return problem_say(
      p, "工作簿的格式超过 %d 种：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
      "the workbook has more than %d formats: the file is damaged, open it in Excel or WPS and save it again",
      STYLES_MOST);
}

static bool add_format(styles_reading *r, const char **attributes) {
  const char *code = xml_attribute(attributes, "formatCode");
  uint32_t id;
  if (!code || !xml_whole(xml_attribute(attributes, "numFmtId"), &id)) return true;
  if (r->count == r->room) {
    if (r->room >= STYLES_MOST) return too_many(r->p);
    r->room = r->room ? r->room * 2 : 64;
    own_format *grown = realloc(r->formats, r->room * sizeof *grown);
    if (!grown) return problem_memory(r->p);
    r->formats = grown;
  }
  r->formats[r->count++] = (own_format){id, styles_kind_of_format(code)};
  return true;
}

static bool add_style(styles_reading *r, const char **attributes) {
  styles *s = r->s;
  if (s->count == s->room) {
    if (s->room >= STYLES_MOST) return too_many(r->p);
    s->room = s->room ? s->room * 2 : 64;
    uint8_t *grown = realloc(s->kinds, s->room);
    if (!grown) return problem_memory(r->p);
    s->kinds = grown;
  }
  uint32_t id = 0;
  style_kind kind = STYLE_NUMBER;
  if (xml_whole(xml_attribute(attributes, "numFmtId"), &id)) {
    kind = kind_of_built_in(id);
    for (uint32_t i = 0; i < r->count; i++)
      if (r->formats[i].id == id) kind = r->formats[i].kind;
  }
  s->kinds[s->count++] = (uint8_t)kind;
  return true;
}

static bool begin(void *context, const char *name, const char **attributes) {
  styles_reading *r = context;
  if (strcmp(name, "numFmt") == 0) return add_format(r, attributes);
  if (strcmp(name, "cellXfs") == 0) r->in_cells = true;
  if (r->in_cells && strcmp(name, "xf") == 0) return add_style(r, attributes);
  return true;
}

static bool end(void *context, const char *name) {
  styles_reading *r = context;
  if (strcmp(name, "cellXfs") == 0) r->in_cells = false;
  return true;
}

bool styles_read(styles *s, package *k, const char *part, problem *p) {
  *s = (styles){0};
  styles_reading r = {.s = s, .p = p};
  bool good = xml_read(k, part, &(xml_taker){&r, begin, end, NULL, false}, p);
  free(r.formats);
  return good;
}

style_kind styles_at(const styles *s, uint32_t index) {
  return index < s->count ? (style_kind)s->kinds[index] : STYLE_NUMBER;
}

void styles_free(styles *s) {
  free(s->kinds);
  s->kinds = NULL;
}
