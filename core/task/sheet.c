#include "task/sheet.h"

#include <string.h>

const said sheet_reason_title = {{"退回原因", "rejected because"}};

/* The first bytes of all keys that end a table or its rows: what begins otherwise is neither. */
static void note_first_bytes(sheet *s) {
  const adapter *of = s->adapter;
  for (size_t i = 0; i < of->totals_count; i++) s->special[(unsigned char)of->totals[i][0]] = true;
  for (size_t i = 0; i < of->ends_count; i++) s->special[(unsigned char)of->ends[i][0]] = true;
}

static bool splits_any(const adapter *of) {
  for (size_t i = 0; i < of->parts_count; i++) {
    if (of->parts[i].id.split) return true;
    for (int text = 0; text < PART_TEXTS; text++)
      if (of->parts[i].texts[text].split) return true;
  }
  return false;
}

sheet *sheet_new(arena *a, const adapter *of, int32_t number, const char *name) {
  sheet *s = arena_take(a, sizeof *s);
  *s = (sheet){.memory = a, .adapter = of, .number = number, .name = arena_text(a, name)};
  note_first_bytes(s);
  s->splits = splits_any(of);
  s->memos = arena_array(a, SHEET_MEMOS, sizeof *s->memos);
  return s;
}

/* ---- cells ---- */

static bool only_marks(const char *text) {
  static const char *const marks[] = {"-", "/", "—", "－", "／", "–", " "};
  unsigned char first = (unsigned char)*text; /* of them all: */
  if (first != '\0' && first != '-' && first != '/' && first != ' ' && first != 0xe2 && first != 0xef) return false;
  while (*text != '\0') {
    size_t length = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && length == 0; i++)
      if (strncmp(text, marks[i], strlen(marks[i])) == 0) length = strlen(marks[i]);
    if (length == 0) return false;
    text += length;
  }
  return true;
}

static const char *clean_trimmed(arena *a, const char *text) {
  if (text[0] == '\'' && text[1] != '\0' &&
      (strspn(text + 1, "0123456789Xx") >= 12 || strchr("=+-@", text[1]) != NULL ||
       *text_for_cell(a, text + 1) == '\''))
    text++;
  return only_marks(text) ? NULL : text;
}

static const char *clean(arena *a, const char *cell) {
  return cell == NULL ? NULL : clean_trimmed(a, text_trimmed(a, cell));
}

const char *sheet_cell(arena *a, const sheet *s, const cell_row *row, size_t column) {
  uint32_t at = s->at[column];
  if (at == SHEET_ABSENT || at >= row->count) return NULL;
  return row->cells == s->sorted ? s->clean[at] : clean(a, row->cells[at]);
}

void sheet_let_go(sheet *s) {
  if (s != NULL) s->sorted = NULL;
}

const char *sheet_differs(arena *a, const sheet *s, const cell_row *row) {
  for (size_t i = 0; i < s->adapter->columns.count; i++) {
    if (s->too[i] >= row->count) continue;
    const char *one = clean(a, row->cells[s->at[i]]), *other = clean(a, row->cells[s->too[i]]);
    if (one != NULL && other != NULL && strcmp(one, other) != 0) return s->titles[s->at[i]];
  }
  return NULL;
}

/* ---- the header ---- */

static uint32_t find_column(arena *a, const named_column *wanted, const cell_row *row, const char **keys) {
  for (size_t name = 0; name < wanted->count; name++)
    for (uint32_t i = 0; i < row->count; i++) {
      if (row->cells[i] == NULL) continue;
      if (keys[i] == NULL) keys[i] = text_key(a, row->cells[i]);
      if (strcmp(keys[i], wanted->keys[name]) == 0) return i;
    }
  return SHEET_ABSENT;
}

/* The next column under the title of the one at hand. */
static uint32_t same_title(arena *a, const cell_row *row, const char **keys, uint32_t at) {
  for (uint32_t i = at == SHEET_ABSENT ? row->count : at + 1; i < row->count; i++) {
    if (row->cells[i] == NULL) continue;
    if (keys[i] == NULL) keys[i] = text_key(a, row->cells[i]);
    if (strcmp(keys[i], keys[at]) == 0) return i;
  }
  return SHEET_ABSENT;
}

/* Where a column that `each` makes stands: behind those of the file. */
static uint32_t made_column(const adapter *of, const named_column *column, uint32_t behind) {
  for (size_t i = 0; i < of->adds_count; i++)
    for (size_t k = 0; k < column->count; k++)
      if (strcmp(of->adds[i], column->names[k]) == 0) return behind + (uint32_t)i;
  return SHEET_ABSENT;
}

static bool is_required(const adapter *of, const named_column *column) {
  return column->required && made_column(of, column, 0) == SHEET_ABSENT;
}

size_t sheet_required(const adapter *of) {
  size_t count = 0;
  for (size_t i = 0; i < of->columns.count; i++) count += is_required(of, &of->columns.items[i]) ? 1 : 0;
  return count;
}

size_t sheet_match(arena *a, const adapter *of, const cell_row *row, const named_column **missing) {
  const char **keys = arena_array(a, row->count + 1, sizeof *keys);
  size_t found = 0;
  *missing = NULL;
  for (size_t i = 0; i < of->columns.count; i++) {
    const named_column *column = &of->columns.items[i];
    if (!is_required(of, column)) continue;
    if (find_column(a, column, row, keys) != SHEET_ABSENT)
      found++;
    else if (*missing == NULL)
      *missing = column;
  }
  return found;
}

static bool has_reasons(arena *a, const cell_row *row) {
  for (uint32_t i = 0; i < row->count; i++) {
    if (row->cells[i] == NULL) continue;
    const char *key = text_key(a, row->cells[i]);
    for (int in = 0; in < LANGUAGES; in++)
      if (strcmp(key, text_key(a, sheet_reason_title.in[in])) == 0) return true;
  }
  return false;
}

static void bind_columns(sheet *s, const cell_row *row) {
  arena *a = s->memory;
  const adapter *of = s->adapter;
  const char **keys = arena_array(a, row->count + 1, sizeof *keys);
  s->header = row->row;
  s->titles_count = row->count;
  s->titles = arena_array(a, row->count + 1, sizeof *s->titles);
  for (uint32_t i = 0; i < row->count; i++)
    if (row->cells[i] != NULL) s->titles[i] = text_trim(a, row->cells[i]);
  s->at = arena_array(a, of->columns.count + 1, sizeof *s->at);
  s->too = arena_array(a, of->columns.count + 1, sizeof *s->too);
  for (size_t i = 0; i < of->columns.count; i++) {
    s->at[i] = find_column(a, &of->columns.items[i], row, keys);
    s->too[i] = same_title(a, row, keys, s->at[i]);
    if (s->at[i] == SHEET_ABSENT) s->at[i] = made_column(of, &of->columns.items[i], row->count);
  }
  s->rejected = has_reasons(a, row);
}

void sheet_keep_above(sheet *s, const cell_row *row) {
  if (s->above_count >= SHEET_ABOVE) return;
  kept_row kept = {.row = row->row, .count = row->count};
  kept.cells = arena_array(s->memory, row->count + 1, sizeof *kept.cells);
  for (uint32_t i = 0; i < row->count; i++) kept.cells[i] = arena_text(s->memory, row->cells[i]);
  *ARENA_PUSH(s->memory, s->above, s->above_count, s->above_capacity) = kept;
}

bool sheet_try_header(sheet *s, const cell_row *row) {
  const adapter *of = s->adapter;
  const named_column *missing;
  bool here = of->header == 0 || row->row == of->header;
  if (sheet_match(s->memory, of, row, &missing) == sheet_required(of) && (here || has_reasons(s->memory, row))) {
    bind_columns(s, row);
    return true;
  }
  sheet_keep_above(s, row);
  return false;
}

/* ---- what sort of row ---- */

static bool starts_with(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static bool is_totals(const adapter *of, const char *key, bool first) {
  for (size_t i = 0; i < of->totals_count; i++) {
    if (strcmp(key, of->totals[i]) == 0) return true;
    size_t length = strlen(of->totals[i]);
    if (first && starts_with(key, of->totals[i]) &&
        (key[length] == ':' || key[length] == '(' || (key[length] >= '0' && key[length] <= '9')))
      return true;
  }
  return false;
}

/* Whether a trimmed text cannot be the label of totals or of an end: the key of printable ASCII begins as the text, if
 * nothing follows that could be composed with it. */
static bool is_harmless(const sheet *s, const char *text) {
  unsigned char first = (unsigned char)*text;
  if (first == '.' || s->special[first >= 'A' && first <= 'Z' ? first - 'A' + 'a' : first]) return false;
  return first > ' ' && first <= '~' && (unsigned char)text[1] < 0x80 && !s->special[0];
}

static void room_for(sheet *s, uint32_t count) {
  if (count <= s->clean_capacity) return;
  s->clean_capacity = 2 * count;
  s->clean = arena_array(s->memory, s->clean_capacity, sizeof *s->clean);
}

row_sort sheet_sort(arena *a, sheet *s, const cell_row *row) {
  const adapter *of = s->adapter;
  bool any = false, totals = false, same = true;
  s->sorted = NULL;
  room_for(s, row->count);
  for (uint32_t i = 0; i < row->count; i++) {
    const char *text = row->cells[i] == NULL ? NULL : text_trimmed(a, row->cells[i]);
    s->clean[i] = text == NULL ? NULL : clean_trimmed(a, text);
    if (text == NULL || text[0] == '\0') continue;
    bool first = !any;
    any = true;
    same = same && i < s->titles_count && s->titles[i] != NULL && strcmp(text, s->titles[i]) == 0;
    if (is_harmless(s, text)) continue;
    const char *key = text_key(a, text);
    for (size_t e = 0; first && e < of->ends_count; e++)
      if (starts_with(key, of->ends[e])) return ROW_END;
    totals = totals || is_totals(of, key, first);
  }
  s->sorted = row->cells;
  if (!any) return ROW_EMPTY;
  if (same) return ROW_HEADER_AGAIN;
  return totals ? ROW_TOTALS : ROW_DATA;
}

/* ---- values ---- */

/* What stands beside a label above the header: the next cell that is neither empty nor the label itself (merged cells
 * repeat it), or what follows the label and a colon in the same cell. */
static const char *find_above(arena *a, const sheet *s, const char *label) {
  size_t length = strlen(label);
  for (size_t r = 0; r < s->above_count; r++) {
    const kept_row *row = &s->above[r];
    for (uint32_t i = 0; i < row->count; i++) {
      if (row->cells[i] == NULL) continue;
      const char *key = text_key(a, row->cells[i]);
      if (!starts_with(key, label)) continue;
      bool colon = key[length] == ':';
      if (key[length] != '\0' && !colon) continue;
      if (colon && key[length + 1] != '\0') {
        const char *wide = strstr(row->cells[i], "："), *narrow = strchr(row->cells[i], ':');
        if (wide != NULL && (narrow == NULL || wide < narrow)) return clean(a, wide + strlen("："));
        if (narrow != NULL) return clean(a, narrow + 1);
      }
      for (uint32_t next = i + 1; next < row->count; next++) {
        const char *text = clean(a, row->cells[next]);
        if (text != NULL && strcmp(text_key(a, text), key) != 0) return text;
      }
      return NULL;
    }
  }
  return NULL;
}

static const char *raw(arena *a, const sheet *s, const cell_row *row, const source *from, const char **column) {
  *column = NULL;
  switch (from->form) {
  case SOURCE_CONSTANT:
    return from->constant;
  case SOURCE_ABOVE:
    *column = from->label;
    return find_above(a, s, from->constant);
  case SOURCE_COLUMN:
    *column = s->at[from->column] >= s->titles_count ? s->adapter->columns.items[from->column].names[0]
                                                     : s->titles[s->at[from->column]];
    return sheet_cell(a, s, row, from->column);
  default:
    return NULL;
  }
}

static const char *nearest_cut(const char *text, const cut *at, size_t *length) {
  const char *found = NULL;
  for (size_t i = 0; i < at->count; i++) {
    const char *here = strstr(text, at->texts[i]);
    if (here != NULL && (found == NULL || here < found)) {
      found = here;
      *length = strlen(at->texts[i]);
    }
  }
  return found;
}

static const char *cut_text(arena *a, const char *text, const cut *at) {
  size_t length = 0;
  const char *found = nearest_cut(text, at, &length);
  if (at->form == CUT_BEFORE) return found == NULL ? text : arena_text_of(a, text, (size_t)(found - text));
  return found == NULL ? NULL : found + length;
}

size_t sheet_texts(arena *a, const sheet *s, const cell_row *row, const source *from, const char ***out) {
  const char *column, *text = raw(a, s, row, from, &column);
  if (text == NULL) return 0;
  const char **values = arena_array(a, 1, sizeof *values);
  size_t count = 1, capacity = 1;
  values[0] = text;
  for (size_t c = 0; c < from->cuts_count; c++) {
    const cut *at = &from->cuts[c];
    if (at->form != CUT_SPLIT) {
      for (size_t i = 0; i < count; i++) values[i] = values[i] == NULL ? NULL : cut_text(a, values[i], at);
      continue;
    }
    const char *rest = values[0];
    size_t length = 0;
    count = 0;
    while (rest != NULL) {
      const char *found = nearest_cut(rest, at, &length);
      const char *piece = found == NULL ? rest : arena_text_of(a, rest, (size_t)(found - rest));
      *ARENA_PUSH(a, values, count, capacity) = piece;
      rest = found == NULL ? NULL : found + length;
    }
  }
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    const char *one = from->form == SOURCE_CONSTANT ? values[i] : clean(a, values[i]);
    if (one != NULL && one[0] != '\0') values[kept++] = one;
  }
  *out = values;
  return kept;
}

/* Whether the source says what there is to say, be it nothing: else another one may stand in for it. */
static bool text_alone(arena *a, const sheet *s, const cell_row *row, const source *from, size_t turn,
                       const char **column, const char **out) {
  const char **values;
  *out = raw(a, s, row, from, column);
  if (from->cuts_count == 0) return *out != NULL && (*out)[0] != '\0'; /* the cell as it stands */
  size_t count = sheet_texts(a, s, row, from, &values);
  if (count > 0) *out = !from->split || count == 1 ? values[0] : turn < count ? values[turn] : NULL;
  return count > 0;
}

const char *sheet_text_alone(arena *a, const sheet *s, const cell_row *row, const source *from, size_t turn,
                             const char **column) {
  const char *text;
  return text_alone(a, s, row, from, turn, column, &text) ? text : NULL;
}

const char *sheet_text(arena *a, const sheet *s, const cell_row *row, const source *from, size_t turn,
                       const char **column) {
  *column = NULL;
  for (; from != NULL; from = from->otherwise) {
    const char *read_from, *text;
    bool says = text_alone(a, s, row, from, turn, &read_from, &text);
    if (*column == NULL || says) *column = read_from;
    if (says) return text;
  }
  return NULL;
}
