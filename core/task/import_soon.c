#include "task/import_soon.h"

void import_soon_begin(import_soon *soon, const adapter *of) {
  *soon = (import_soon){.coded = NULL};
  for (size_t i = 0; i < of->parts_count; i++) {
    const source *code = &of->parts[i].texts[TEXT_CODE];
    if (of->parts[i].type != FACT_PERSON || code->form != SOURCE_COLUMN) continue;
    if (code->cuts_count == 0 && code->otherwise == NULL) soon->coded = &of->parts[i];
    return;
  }
}

void import_soon_ask(import_soon *soon, arena *a, sheet *s, const known *entities, const cell_row *rows, size_t count) {
  soon->count = soon->at = 0;
  sheet_let_go(s);
  if (s == NULL || s->header == 0 || soon->coded == NULL) return;
  for (size_t i = 0; i < count && i < SOON_MOST; i++) {
    const char *cell = sheet_cell(a, s, &rows[i], soon->coded->texts[TEXT_CODE].column);
    if (cell != NULL && !text_is_plain(cell)) cell = text_plain(a, cell);
    uint64_t hash = cell == NULL ? 0 : known_code_hash(entities, text_key(a, cell));
    soon->rows[soon->count++] = (soon_row){rows[i].cells, hash};
  }
}

void import_soon_take(import_soon *soon, row_reading *r) {
  while (soon->at < soon->count && soon->rows[soon->at].cells != r->row->cells) soon->at++;
  if (soon->at == soon->count || soon->rows[soon->at].code_hash == 0) return;
  r->coded = soon->coded;
  r->code_hash = soon->rows[soon->at].code_hash;
}
