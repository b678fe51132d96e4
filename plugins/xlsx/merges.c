#include "merges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool place_read(const char *text, place *out, const char **rest) {
  uint32_t column = 0, row = 0;
  const char *at = text + (*text == '$');
  for (; (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'); at++) {
    column = column * 26 + (uint32_t)((*at | 0x20) - 'a' + 1);
    if (column > SHEET_COLUMNS_MOST) return false;
  }
  if (*at == '$') at++;
  for (; *at >= '0' && *at <= '9'; at++) {
    row = row * 10 + (uint32_t)(*at - '0');
    if (row > SHEET_ROWS_MOST) return false;
  }
  *out = (place){row, column};
  *rest = at;
  return column > 0;
}

const char *place_show(place at, char out[24]) {
  char letters[8];
  size_t used = 0;
  for (uint32_t c = at.column; c > 0 && used < sizeof letters; c = (c - 1) / 26)
    letters[used++] = (char)('A' + (c - 1) % 26);
  size_t to = 0;
  while (used > 0) out[to++] = letters[--used];
  snprintf(out + to, 24 - to, "%u", at.row);
  return out;
}

/* ---- reading them ---- */

typedef struct merges_reading {
  merges *m;
  problem *p;
} merges_reading;

static bool begin(void *context, const char *name, const char **attributes) {
  merges_reading *r = context;
  merges *m = r->m;
  if (strcmp(name, "mergeCell") != 0) return true;
  const char *reference = xml_attribute(attributes, "ref"), *rest = "";
  merge one = {0};
  bool good = reference && place_read(reference, &one.first, &rest) && one.first.row > 0;
  one.last = one.first;
  if (good && *rest == ':') good = place_read(rest + 1, &one.last, &rest) && one.last.row > 0;
  if (!good || *rest || one.last.row < one.first.row || one.last.column < one.first.column)
    return problem_say(
        r->p, "合并区域“%.64s”不是一个区域：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
        "the merged range \"%.64s\" is no range: the file is damaged, open it in Excel or WPS and save it again",
        reference ? reference : "");
  if (m->count == m->room) {
    if (m->room >= MERGES_MOST)
      return problem_say(r->p, "工作表里的合并区域超过 %u 个：请取消合并后重新保存",
                         "the sheet has more than %u merged ranges: unmerge them and save the file again", MERGES_MOST);
    m->room = m->room ? m->room * 2 : 64;
    merge *grown = realloc(m->items, m->room * sizeof *grown);
    if (!grown) return problem_memory(r->p);
    m->items = grown;
  }
  m->items[m->count++] = one;
  return true;
}

static bool end(void *context, const char *name) {
  (void)context, (void)name;
  return true;
}

/* Whether the part can hold merged ranges at all: inflating it costs a tenth of parsing it. A part in UTF-16 says yes.
 */
static bool mentions_merges(package *k, const char *name, bool *out, problem *p) {
  static const char word[] = "mergeCell";
  enum { kept = sizeof word - 2 };
  *out = false;
  package_part *part = package_part_open(k, name, p);
  if (!part) return false;
  uint8_t *text = malloc(kept + PACKAGE_PIECE);
  bool good = text || problem_memory(p);
  size_t before = 0, length = 1, all = 0;
  while (text && good && !*out && length > 0) {
    good = package_part_read(part, text + before, &length, p);
    if (!good) break;
    if (all == 0 && length > 1 && (text[0] >= 0xFE || text[0] == 0 || text[1] == 0)) *out = true;
    all += length;
    if (memmem(text, before + length, word, sizeof word - 1)) *out = true;
    size_t keep = before + length < kept ? before + length : kept;
    memmove(text, text + before + length - keep, keep);
    before = keep;
  }
  free(text);
  package_part_close(part);
  return good;
}

static int by_row(const void *a, const void *b) {
  const merge *x = a, *y = b;
  if (x->first.row != y->first.row) return x->first.row < y->first.row ? -1 : 1;
  if (x->first.column != y->first.column) return x->first.column < y->first.column ? -1 : 1;
  if (x->last.row != y->last.row) return x->last.row < y->last.row ? -1 : 1;
  return x->last.column < y->last.column ? -1 : x->last.column > y->last.column;
}

bool merges_read(merges *m, package *k, const char *part, problem *p) {
  *m = (merges){0};
  bool any = false;
  if (!mentions_merges(k, part, &any, p)) return false;
  if (!any) return true;
  merges_reading r = {m, p};
  if (!xml_read(k, part, &(xml_taker){&r, begin, end, NULL, false}, p)) return false;
  if (m->count == 0) return true;
  qsort(m->items, m->count, sizeof *m->items, by_row);
  uint32_t kept = 1; /* some programs write a range twice */
  for (uint32_t i = 1; i < m->count; i++)
    if (memcmp(&m->items[i], &m->items[kept - 1], 2 * sizeof(place)) != 0) m->items[kept++] = m->items[i];
  m->count = kept;
  m->active = calloc(SHEET_COLUMNS_MOST, sizeof *m->active);
  m->column_of = calloc(SHEET_COLUMNS_MOST + 1, sizeof *m->column_of);
  return (m->active && m->column_of) || problem_memory(p);
}

void merges_free(merges *m) {
  for (uint32_t i = 0; i < m->count; i++) free(m->items[i].value);
  free(m->items);
  free(m->active);
  free(m->column_of);
  *m = (merges){0};
}

/* ---- filling ---- */

static bool overlap(const merge *a, const merge *b, problem *p) {
  char places[4][24];
  return problem_say(p, "合并区域 %s:%s 与 %s:%s 重叠：文件已损坏，请取消合并后重新保存",
                     "the merged ranges %s:%s and %s:%s overlap: the file is damaged, unmerge them and save it again",
                     place_show(a->first, places[0]), place_show(a->last, places[1]), place_show(b->first, places[2]),
                     place_show(b->last, places[3]));
}

/* Takes in the ranges that begin by this row. Ranges do not overlap, so a column belongs to one at most, and no more
 * can be active than there are columns. */
static bool take_in(merges *m, uint32_t row, problem *p) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < m->active_count; i++) {
    merge *one = &m->items[m->active[i]];
    if (one->last.row >= row) {
      m->active[kept++] = m->active[i];
    } else {
      free(one->value);
      one->value = NULL;
    }
  }
  m->active_count = kept;
  for (; m->next < m->count && m->items[m->next].first.row <= row; m->next++) {
    const merge *one = &m->items[m->next];
    if (one->last.row < row) continue;
    for (uint32_t c = one->first.column; c <= one->last.column; c++) {
      const merge *other = m->column_of[c] ? &m->items[m->column_of[c] - 1] : NULL;
      if (other && other->last.row >= one->first.row) return overlap(other, one, p);
      m->column_of[c] = m->next + 1;
    }
    m->active[m->active_count++] = m->next;
  }
  return true;
}

bool merges_fill(merges *m, uint32_t row, cell *cells, uint32_t *count, const buffer *text, bool *own, problem *p) {
  if (m->count > 0 && !take_in(m, row, p)) return false;
  for (uint32_t i = 0; i < m->active_count; i++) {
    merge *one = &m->items[m->active[i]];
    uint32_t from = one->first.column;
    if (one->first.row == row) {
      const cell *first = &cells[from - 1];
      if (from <= *count && first->present) {
        one->value = malloc(first->length + 1);
        if (!one->value) return problem_memory(p);
        const char *at = first->fixed ? first->fixed : text->at + first->start;
        if (first->length > 0) memcpy(one->value, at, first->length);
        one->length = first->length;
      }
      from++;
    }
    for (uint32_t c = from; c <= one->last.column && c <= *count; c++) cells[c - 1] = (cell){0};
  }
  *own = false;
  for (uint32_t c = 0; c < *count && !*own; c++) *own = cells[c].present && cells[c].length > 0;
  if (!*own) return true;
  for (uint32_t i = 0; i < m->active_count; i++) {
    const merge *one = &m->items[m->active[i]];
    if (!one->value || one->length == 0) continue;
    for (; *count < one->last.column; ++*count) cells[*count] = (cell){0};
    for (uint32_t c = one->first.column; c <= one->last.column; c++)
      cells[c - 1] = (cell){one->value, 0, one->length, true};
  }
  return true;
}
