#include "task/chart.h"

#include <string.h>

/* All lengths are in hundredths of a unit of the picture. */
typedef int64_t place;

enum {
  UNIT = 100,
  WIDTH = 520 * UNIT,
  EDGE = 4 * UNIT,
  FONT = 14,
  LINE = 18 * UNIT, /* from one line of text to the next */
  RISE = 5 * UNIT,  /* from the middle of a line to its base */
  BAR = 20 * UNIT,
  BAR_GAP = 4 * UNIT,
  GROUP_GAP = 14 * UNIT,
  NAME_GAP = 4 * UNIT, /* between names below a plot */
  PLOT = 190 * UNIT,   /* height of columns and lines */
  DIVIDED = 38 * UNIT,
  MOST_LINES = 3
};

/* Neighbours differ in lightness, so that they stay apart without colour; `on` is what can be read upon them. */
static const struct {
  const char *fill, *on;
} palette[] = {{"#a3211b", "#ffffff"}, {"#e6b566", "#2b2724"}, {"#2f6470", "#ffffff"}, {"#d8cdbf", "#2b2724"},
               {"#6d3b47", "#ffffff"}, {"#8fb5a3", "#2b2724"}, {"#3d3a37", "#ffffff"}, {"#e3a08e", "#2b2724"}};
enum { COLOURS = sizeof palette / sizeof *palette };

static const char *const dashes[] = {NULL, "7 4", "2 4", "10 4 2 4"};
static const char muted[] = "#6b645c";

typedef struct drawing {
  arena *memory;
  const chart *c;
  buffer out;
  place y;           /* below everything drawn so far */
  int64_t low, high; /* the range of the known values, zero included, small enough to be multiplied by a length */
  int64_t divide;    /* what was divided out of them */
} drawing;

bool chart_kind_named(const char *name, chart_kind *out) {
  static const char *const names[] = {"bar", "column", "line", "share"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (text_same(name, names[i])) {
      *out = (chart_kind)i;
      return true;
    }
  return false;
}

/* ---- numbers and texts ---- */

static const char *in(const chart *c, const char *zh, const char *en) {
  return c->in == LANGUAGE_ZH ? zh : en;
}

static const char *place_text(arena *a, place p) {
  const char *sign = p < 0 ? "-" : "";
  if (p < 0) p = -p;
  if (p % 100 == 0) return arena_format(a, "%s%lld", sign, (long long)(p / 100));
  if (p % 10 == 0) return arena_format(a, "%s%lld.%lld", sign, (long long)(p / 100), (long long)(p / 10 % 10));
  return arena_format(a, "%s%lld.%02lld", sign, (long long)(p / 100), (long long)(p % 100));
}

static const char *at(drawing *d, place p) {
  return place_text(d->memory, p);
}

static const char *number_text(arena *a, int64_t millionths) {
  uint64_t size = millionths < 0 ? 0 - (uint64_t)millionths : (uint64_t)millionths;
  char *text = arena_format(a, "%s%llu.%06llu", millionths < 0 ? "-" : "", (unsigned long long)(size / 1000000),
                            (unsigned long long)(size % 1000000));
  size_t length = strlen(text);
  while (text[length - 1] == '0') length--;
  if (text[length - 1] == '.') length--;
  text[length] = '\0';
  return text;
}

static const chart_value *value_of(const drawing *d, size_t category, size_t series) {
  return &d->c->values[category * d->c->series_count + series];
}

static const char *label_of(drawing *d, const chart_value *value) {
  if (value->label != NULL) return value->label;
  return value->known ? number_text(d->memory, value->millionths) : in(d->c, "不详", "unknown");
}

static size_t character(const char *text) {
  unsigned char first = (unsigned char)*text;
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

/* At least the width in any usual font: a wide character is one em, capitals and m and w most of one, others less. */
static place width_of(const char *text) {
  place width = 0;
  for (size_t size; *text != '\0'; text += size) {
    char one[5] = {0};
    size = character(text);
    memcpy(one, text, size);
    bool broad = size > 1 || (*text >= 'A' && *text <= 'Z') || *text == 'm' || *text == 'w' || *text == '%';
    width += text_width(one) == 2 ? 102 : broad ? 78 : digit(*text) ? 56 : 60;
  }
  return width * FONT;
}

/* A line of `length` that would end inside a number ends before the number, unless nothing is before it. */
static size_t before_number(const char *text, size_t length) {
  size_t end = length;
  while (end > 0 && digit(text[end - 1]) && digit(text[end])) end--;
  return end > 0 && digit(text[end]) ? end : length;
}

static bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A line of `length` that would end inside a word: where it ends so that three letters follow and there is room for a
 * hyphen; 0 where it ends elsewhere, or the beginning is too short. */
static size_t inside_word(const char *text, size_t length) {
  size_t begins = length, ends = length;
  while (begins > 0 && letter(text[begins - 1])) begins--;
  while (letter(text[ends])) ends++;
  if (begins == length || ends == length) return 0;
  size_t at = length - 1 < ends - 3 ? length - 1 : ends - 3;
  return ends - begins >= 6 && at >= begins + 3 ? at : 0;
}

/* Breaks a text into at most `most` lines; what does not fit ends in an ellipsis. */
static size_t lines_of(drawing *d, const char *text, place width, size_t most, const char **lines, bool *cut) {
  size_t count = 0;
  *cut = false;
  while (*text != '\0' && count < most) {
    size_t length = 0, blank = 0, joint = 0, word = 0;
    while (text[length] != '\0') {
      size_t size = character(text + length);
      if (text[length] == ' ') blank = length;
      if (length > 0 && width_of(arena_text_of(d->memory, text, length + size)) > width) break;
      if (text[length] == '-' && letter(text[length + 1])) joint = length + 1;
      length += size;
    }
    bool last = count + 1 == most && text[length] != '\0';
    if (text[length] != '\0' && text[length] != ' ' && blank > 0 && !last) length = blank;
    if (!blank && !last && text[length] != '\0') {
      length = before_number(text, length);
      word = joint > 0 ? 0 : inside_word(text, length);
      length = joint > 0 ? joint : word > 0 ? word : length;
    }
    lines[count] = arena_format(d->memory, "%.*s%s", (int)length, text, word > 0 ? "-" : "");
    if (last) {
      while (length > 1 && (text[length - 1] & 0xc0) == 0x80) length--;
      lines[count] = arena_format(d->memory, "%.*s…", (int)(length - 1), text);
      *cut = true;
    }
    count++;
    text += length;
    while (*text == ' ') text++;
  }
  return count;
}

/* ---- shapes ---- */

static void put_text(drawing *d, place x, place base, const char *anchor, const char *fill, const char *text) {
  buffer_format(&d->out, "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", at(d, x), at(d, base),
                anchor, fill, text_for_html(d->memory, text));
}

static void put_bar(drawing *d, place x, place y, place width, place height, size_t colour) {
  if (width <= 0 || height <= 0) return;
  buffer_format(&d->out, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n", at(d, x), at(d, y),
                at(d, width), at(d, height), palette[colour % COLOURS].fill);
}

static void put_line(drawing *d, place x1, place y1, place x2, place y2, const char *stroke) {
  buffer_format(&d->out, "<path d=\"M%s %sL%s %s\" stroke=\"%s\" fill=\"none\"/>\n", at(d, x1), at(d, y1), at(d, x2),
                at(d, y2), stroke);
}

/* The point of a line: circle, square, triangle, diamond. */
static void put_point(drawing *d, place x, place y, size_t series) {
  const place r = 4 * UNIT + 50;
  const char *fill = palette[series % COLOURS].fill, *path;
  if (series % 4 == 0) {
    buffer_format(&d->out, "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n", at(d, x), at(d, y), at(d, r), fill);
    return;
  }
  if (series % 4 == 1) {
    path = arena_format(d->memory, "M%s %sh%sv%sh-%sZ", at(d, x - r), at(d, y - r), at(d, 2 * r), at(d, 2 * r),
                        at(d, 2 * r));
  } else if (series % 4 == 2) {
    path = arena_format(d->memory, "M%s %sL%s %sH%sZ", at(d, x), at(d, y - r - UNIT), at(d, x + r + UNIT), at(d, y + r),
                        at(d, x - r - UNIT));
  } else {
    path = arena_format(d->memory, "M%s %sL%s %sL%s %sL%s %sZ", at(d, x), at(d, y - r - UNIT), at(d, x + r + UNIT),
                        at(d, y), at(d, x), at(d, y + r + UNIT), at(d, x - r - UNIT), at(d, y));
  }
  buffer_format(&d->out, "<path d=\"%s\" fill=\"%s\"/>\n", path, fill);
}

/* ---- the scale ---- */

static void find_range(drawing *d) {
  size_t count = d->c->categories_count * d->c->series_count;
  for (size_t i = 0; i < count; i++) {
    const chart_value *value = &d->c->values[i];
    if (value->known && value->millionths < d->low) d->low = value->millionths;
    if (value->known && value->millionths > d->high) d->high = value->millionths;
  }
  const int64_t most = INT64_MAX / (WIDTH * 4);
  for (d->divide = 1; d->high / d->divide > most || d->low / d->divide < -most; d->divide *= 2) {}
  d->low /= d->divide;
  d->high /= d->divide;
}

/* Where a value lies on a length that shows the whole range; zero is at scaled(d, 0, length). */
static place scaled(const drawing *d, int64_t millionths, place length) {
  int64_t range = d->high - d->low;
  return range == 0 ? 0 : (millionths / d->divide - d->low) * length / range;
}

/* ---- what stands above: the unit and the names of the series ---- */

typedef enum mark { MARK_SQUARE, MARK_POINT } mark;

static void put_mark(drawing *d, mark kind, place x, place middle, size_t which) {
  if (kind == MARK_SQUARE) {
    put_bar(d, x, middle - 6 * UNIT, 12 * UNIT, 12 * UNIT, which);
    return;
  }
  const char *dash = dashes[which % 4];
  buffer_format(&d->out, "<path d=\"M%s %sh24\" stroke=\"%s\" stroke-width=\"2\" fill=\"none\"%s%s%s/>\n",
                at(d, x - 6 * UNIT), at(d, middle), palette[which % COLOURS].fill,
                dash == NULL ? "" : " stroke-dasharray=\"", dash == NULL ? "" : dash, dash == NULL ? "" : "\"");
  put_point(d, x + 6 * UNIT, middle, which);
}

/* A row of marks with texts, as many lines as it needs between the left edge and `right`. */
static void put_legend(drawing *d, mark kind, const char *const *texts, size_t count, place right) {
  const place left = EDGE + (kind == MARK_POINT ? 6 * UNIT : 0);
  place x = left;
  for (size_t i = 0; i < count; i++) {
    const char *lines[1] = {""};
    bool cut;
    lines_of(d, texts[i], right - left - 26 * UNIT, 1, lines, &cut);
    place width = 24 * UNIT + width_of(lines[0]);
    if (x > left && x + width > right) {
      x = left;
      d->y += LINE + 4 * UNIT;
    }
    put_mark(d, kind, x, d->y + LINE / 2, i);
    put_text(d, x + (kind == MARK_POINT ? 24 : 18) * UNIT, d->y + LINE / 2 + RISE, "start", "#2b2724", lines[0]);
    x += width + 16 * UNIT;
  }
  d->y += LINE + 8 * UNIT;
}

static void put_head(drawing *d, mark kind) {
  const chart *c = d->c;
  bool legend = c->series_count > 1 && c->kind != CHART_SHARE;
  place right = WIDTH - EDGE;
  if (c->unit != NULL && *c->unit != '\0') {
    const char *text = arena_format(d->memory, in(c, "单位：%s", "unit: %s"), c->unit);
    put_text(d, right, d->y + LINE / 2 + RISE, "end", muted, text);
    right -= width_of(text) + 10 * UNIT;
    if (right < WIDTH / 2) {
      right = WIDTH - EDGE;
      d->y += LINE + 4 * UNIT;
    } else if (!legend) {
      d->y += LINE + 6 * UNIT;
    }
  }
  if (legend) put_legend(d, kind, c->series, c->series_count, right);
}

/* ---- bars ---- */

static place widest_label(drawing *d) {
  place widest = 0;
  for (size_t i = 0; i < d->c->categories_count; i++)
    for (size_t s = 0; s < d->c->series_count; s++) {
      place width = width_of(label_of(d, value_of(d, i, s)));
      if (width > widest) widest = width;
    }
  return widest > WIDTH / 3 ? WIDTH / 3 : widest;
}

static void put_bar_value(drawing *d, const chart_value *value, place zero, place left, place room, size_t series) {
  place middle = d->y + BAR / 2, end = value->known ? left + scaled(d, value->millionths, room) : zero;
  if (value->known) put_bar(d, end < zero ? end : zero, d->y, end < zero ? zero - end : end - zero, BAR, series);
  bool negative = end < zero;
  put_text(d, end + (negative ? -6 : 6) * UNIT, middle + RISE, negative ? "end" : "start",
           value->known ? "#2b2724" : muted, label_of(d, value));
}

static void draw_bars(drawing *d) {
  const chart *c = d->c;
  place names = 0, values = widest_label(d) + 10 * UNIT;
  for (size_t i = 0; i < c->categories_count; i++)
    if (width_of(c->categories[i]) > names) names = width_of(c->categories[i]);
  if (names > WIDTH * 2 / 5) names = WIDTH * 2 / 5;
  place left = EDGE + names + 10 * UNIT + (d->low < 0 ? values : 0), room = WIDTH - EDGE - values - left;
  place zero = left + scaled(d, 0, room), top = d->y;
  for (size_t i = 0; i < c->categories_count; i++) {
    const char *lines[MOST_LINES];
    bool cut;
    size_t count = lines_of(d, c->categories[i], names, MOST_LINES, lines, &cut);
    place bars = (place)c->series_count * (BAR + BAR_GAP) - BAR_GAP, text = (place)count * LINE;
    place height = bars > text ? bars : text, start = d->y;
    for (size_t line = 0; line < count; line++)
      put_text(d, EDGE + names, start + (height - text) / 2 + (place)line * LINE + LINE / 2 + RISE, "end", "#2b2724",
               lines[line]);
    d->y = start + (height - bars) / 2;
    for (size_t s = 0; s < c->series_count; s++, d->y += BAR + BAR_GAP)
      put_bar_value(d, value_of(d, i, s), zero, left, room, s);
    d->y = start + height + GROUP_GAP;
  }
  d->y -= GROUP_GAP;
  put_line(d, zero, top - 6 * UNIT, zero, d->y + 6 * UNIT, muted);
  d->y += 6 * UNIT;
}

/* ---- columns and lines ---- */

/* Names below the slots of a plot; every `step`th of them. */
static void put_names(drawing *d, place left, place slot, size_t step) {
  size_t most = 0;
  for (size_t i = 0; i < d->c->categories_count; i += step) {
    const char *lines[MOST_LINES];
    bool cut;
    size_t count = lines_of(d, d->c->categories[i], slot * (place)step - NAME_GAP, MOST_LINES, lines, &cut);
    for (size_t line = 0; line < count; line++)
      put_text(d, left + slot * (place)i + slot / 2, d->y + (place)line * LINE + LINE / 2 + RISE, "middle", "#2b2724",
               lines[line]);
    if (count > most) most = count;
  }
  d->y += (place)most * LINE + 4 * UNIT;
}

/* How wide a column is; those of a category stand side by side. */
static place column_width(const chart *c) {
  place width = ((WIDTH - 2 * EDGE) / (place)c->categories_count - 16 * UNIT) / (place)c->series_count;
  return width > 48 * UNIT ? 48 * UNIT : width;
}

/* Whether the names and values of columns can all be printed in full, side by side. */
static bool columns_fit(drawing *d) {
  const chart *c = d->c;
  place slot = (WIDTH - 2 * EDGE) / (place)c->categories_count, bar = column_width(c);
  place before = 0, apart = slot; /* the value before this one: how wide it is and how far away */
  if (bar < 6 * UNIT) return false;
  for (size_t i = 0; i < c->categories_count; i++) {
    const char *lines[MOST_LINES];
    bool cut;
    lines_of(d, c->categories[i], slot - NAME_GAP, MOST_LINES, lines, &cut);
    if (cut) return false;
    for (size_t s = 0; s < c->series_count; s++) {
      place width = width_of(label_of(d, value_of(d, i, s)));
      if ((before + width) / 2 + 4 * UNIT > apart) return false;
      if (c->series_count > 1 && width > bar) return false; /* it would lie on the next column */
      before = width;
      apart = s + 1 < c->series_count ? bar : slot - ((place)c->series_count - 1) * bar;
    }
  }
  return true;
}

static void draw_columns(drawing *d) {
  const chart *c = d->c;
  place slot = (WIDTH - 2 * EDGE) / (place)c->categories_count, count = (place)c->series_count;
  place bar = column_width(c), top = d->y + LINE, zero = top + PLOT - scaled(d, 0, PLOT);
  for (size_t i = 0; i < c->categories_count; i++)
    for (size_t s = 0; s < c->series_count; s++) {
      const chart_value *value = value_of(d, i, s);
      place middle = EDGE + slot * (place)i + slot / 2 + bar * (2 * (place)s - count + 1) / 2;
      place end = value->known ? top + PLOT - scaled(d, value->millionths, PLOT) : zero;
      put_bar(d, middle - bar / 2, end < zero ? end : zero, bar, end < zero ? zero - end : end - zero, s);
      put_text(d, middle, end > zero ? end + LINE - 3 * UNIT : end - 6 * UNIT, "middle",
               value->known ? "#2b2724" : muted, label_of(d, value));
    }
  put_line(d, EDGE, zero, WIDTH - EDGE, zero, muted);
  d->y = top + PLOT + (d->low < 0 ? LINE : 0) + 6 * UNIT;
  put_names(d, EDGE, slot, 1);
}

/* The labels of one category's points, from the highest down, none upon another. */
static void put_point_labels(drawing *d, size_t category, place x, place top, place zero) {
  size_t count = d->c->series_count;
  bool *done = arena_array(d->memory, count, sizeof *done);
  place free_from = -WIDTH;
  for (size_t round = 0; round < count; round++) {
    size_t best = count;
    place best_y = 0;
    for (size_t s = 0; s < count; s++) {
      const chart_value *value = value_of(d, category, s);
      place y = value->known ? top + PLOT - scaled(d, value->millionths, PLOT) : zero;
      if (!done[s] && (best == count || y < best_y)) {
        best = s;
        best_y = y;
      }
    }
    const chart_value *value = value_of(d, category, best);
    place base = round == 0 || !value->known ? best_y - 9 * UNIT : best_y + LINE;
    if (base < free_from) base = free_from;
    put_text(d, x, base, "middle", value->known ? "#2b2724" : muted, label_of(d, value));
    free_from = base + 15 * UNIT;
    done[best] = true;
  }
}

static void draw_lines(drawing *d) {
  const chart *c = d->c;
  place slot = (WIDTH - 2 * EDGE) / (place)c->categories_count, widest = widest_label(d);
  place top = d->y + LINE, zero = top + PLOT - scaled(d, 0, PLOT);
  size_t step = (size_t)((widest + NAME_GAP + slot - 1) / slot);
  if (step == 0) step = 1;
  put_line(d, EDGE, zero, WIDTH - EDGE, zero, muted);
  for (size_t s = 0; s < c->series_count; s++) {
    bool open = false;
    const char *dash = dashes[s % 4];
    buffer_text(&d->out, "<path d=\"");
    for (size_t i = 0; i < c->categories_count; i++) {
      const chart_value *value = value_of(d, i, s);
      if (value->known)
        buffer_format(&d->out, "%s%s %s", open ? "L" : "M", at(d, EDGE + slot * (place)i + slot / 2),
                      at(d, top + PLOT - scaled(d, value->millionths, PLOT)));
      open = value->known;
    }
    buffer_format(&d->out, "\" stroke=\"%s\" stroke-width=\"2.5\" stroke-linejoin=\"round\" fill=\"none\"%s%s%s/>\n",
                  palette[s % COLOURS].fill, dash == NULL ? "" : " stroke-dasharray=\"", dash == NULL ? "" : dash,
                  dash == NULL ? "" : "\"");
  }
  for (size_t i = 0; i < c->categories_count; i++) {
    place x = EDGE + slot * (place)i + slot / 2;
    for (size_t s = 0; s < c->series_count; s++)
      if (value_of(d, i, s)->known) put_point(d, x, top + PLOT - scaled(d, value_of(d, i, s)->millionths, PLOT), s);
    if (i % step == 0) put_point_labels(d, i, x, top, zero);
  }
  d->y = top + PLOT + LINE + 4 * UNIT;
  put_names(d, EDGE, slot, step);
}

/* ---- shares ---- */

static const char *named_value(drawing *d, size_t category, size_t series) {
  return arena_format(d->memory, "%s %s", d->c->categories[category], label_of(d, value_of(d, category, series)));
}

static int64_t part_of(const drawing *d, size_t category, size_t series, int64_t divide) {
  const chart_value *value = value_of(d, category, series);
  return value->known && value->millionths > 0 ? value->millionths / divide : 0;
}

/* The sum of a series, everything divided so that it can be multiplied by a length. */
static int64_t whole_of(const drawing *d, size_t series, int64_t *divide) {
  for (*divide = 1;; *divide *= 2) {
    int64_t sum = 0;
    bool fits = true;
    for (size_t i = 0; i < d->c->categories_count && fits; i++)
      fits = !__builtin_add_overflow(sum, part_of(d, i, series, *divide), &sum) && sum <= INT64_MAX / WIDTH;
    if (fits) return sum;
  }
}

static void put_divided_bar(drawing *d, size_t series) {
  const chart *c = d->c;
  const place room = WIDTH - 2 * EDGE;
  int64_t divide, sum = whole_of(d, series, &divide), before = 0;
  if (sum == 0)
    buffer_format(&d->out, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" stroke=\"%s\"/>\n",
                  at(d, EDGE), at(d, d->y), at(d, room), at(d, DIVIDED), muted);
  for (size_t i = 0; i < c->categories_count && sum > 0; i++) {
    int64_t own = part_of(d, i, series, divide);
    if (own == 0) continue;
    place from = EDGE + before * room / sum, to = EDGE + (before + own) * room / sum;
    before += own;
    put_bar(d, from, d->y, to - from - (before < sum ? 2 * UNIT : 0), DIVIDED, i);
    const char *const texts[] = {named_value(d, i, series), c->categories[i], label_of(d, value_of(d, i, series))};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
      if (width_of(texts[t]) < to - from - 8 * UNIT) {
        put_text(d, (from + to) / 2, d->y + DIVIDED / 2 + RISE, "middle", palette[i % COLOURS].on, texts[t]);
        break;
      }
  }
  d->y += DIVIDED + 10 * UNIT;
}

static void draw_shares(drawing *d) {
  const chart *c = d->c;
  const char **texts = arena_array(d->memory, c->categories_count, sizeof *texts);
  for (size_t s = 0; s < c->series_count; s++) {
    if (c->series_count > 1) {
      put_text(d, EDGE, d->y + LINE / 2 + RISE, "start", "#2b2724", c->series[s]);
      d->y += LINE + 4 * UNIT;
    }
    put_divided_bar(d, s);
    for (size_t i = 0; i < c->categories_count; i++) texts[i] = named_value(d, i, s);
    put_legend(d, MARK_SQUARE, texts, c->categories_count, WIDTH - EDGE);
  }
}

/* ---- the picture ---- */

static void put_description(drawing *d) {
  const chart *c = d->c;
  buffer_format(&d->out, "<title>%s</title>\n<desc>", text_for_html(d->memory, c->title == NULL ? "" : c->title));
  for (size_t i = 0; i < c->categories_count; i++)
    for (size_t s = 0; s < c->series_count; s++) {
      const char *series = c->series_count > 1 ? arena_format(d->memory, " %s", c->series[s]) : "";
      const char *text = arena_format(d->memory, "%s%s%s: %s", i + s > 0 ? "; " : "", c->categories[i], series,
                                      label_of(d, value_of(d, i, s)));
      buffer_text(&d->out, text_for_html(d->memory, text));
    }
  buffer_text(&d->out, "</desc>\n");
}

char *chart_svg(arena *a, const chart *c) {
  drawing d = {.memory = a, .c = c, .y = EDGE};
  find_range(&d);
  put_description(&d);
  put_head(&d, c->kind == CHART_LINE ? MARK_POINT : MARK_SQUARE);
  if (c->categories_count == 0 || c->series_count == 0) {
    put_text(&d, WIDTH / 2, d.y + LINE, "middle", muted, in(c, "没有数据", "no data"));
    d.y += 2 * LINE;
  } else if (c->kind == CHART_SHARE) {
    draw_shares(&d);
  } else if (c->kind == CHART_LINE) {
    draw_lines(&d);
  } else if (c->kind == CHART_COLUMN && columns_fit(&d)) {
    draw_columns(&d);
  } else {
    draw_bars(&d);
  }
  place height = (d.y + EDGE + UNIT - 1) / UNIT * UNIT;
  char *svg =
      arena_format(a,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %s %s\" width=\"%s\" "
                   "height=\"%s\" font-size=\"%d\" font-family=\"PingFang SC, Microsoft YaHei, Noto Sans CJK SC, "
                   "Noto Sans, Helvetica, Arial, sans-serif\">\n%s</svg>\n",
                   place_text(a, WIDTH), place_text(a, height), place_text(a, WIDTH), place_text(a, height), FONT,
                   d.out.at == NULL ? "" : d.out.at);
  buffer_free(&d.out);
  return svg;
}
