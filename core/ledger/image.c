/* Pack images as they were compiled, under their digest, and the bindings that let them rule. */
#include "ledger/sealed.h"

static digest image_digest(const char *data, const char *text) {
  buffer b = {0};
  seal_text(&b, data);
  seal_text(&b, text);
  digest id = digest_of(b.at, b.length);
  buffer_free(&b);
  return id;
}

static void image_bytes(buffer *b, const image_row *row) {
  seal_digest(b, &row->id);
  seal_text(b, row->pack);
  seal_text(b, row->version);
}

static bool image_insert(ledger *l, void *context, faults *problems) {
  const image_row *image = context;
  if (store_image_number(l, image->id) != 0) return true;
  buffer bytes = {0};
  image_bytes(&bytes, image);
  digest seal;
  bool good = sealed_next(l, SEALED_IMAGE, &bytes, &seal, problems);
  buffer_free(&bytes);
  sqlite3_stmt *s = !good ? NULL
                          : store_prepare(l,
                                          "INSERT INTO image (digest, pack, version, data, text, seal)"
                                          " VALUES (?, ?, ?, ?, ?, ?)",
                                          problems);
  if (s == NULL) return false;
  store_bind_digest(s, 1, &image->id);
  store_bind_text(s, 2, image->pack);
  store_bind_text(s, 3, image->version);
  store_bind_text(s, 4, image->data);
  store_bind_text(s, 5, image->text);
  store_bind_digest(s, 6, &seal);
  bool failed = false;
  store_step(l, s, &failed, problems);
  sqlite3_finalize(s);
  return !failed;
}

bool ledger_put_image(ledger *l, image_row *image, faults *problems) {
  image->id = image_digest(image->data, image->text);
  return store_transaction(l, image_insert, image, problems);
}

int64_t store_image_number(ledger *l, digest id) {
  sqlite3_stmt *s = store_ask(l, "SELECT id FROM image WHERE digest = ?");
  store_bind_digest(s, 1, &id);
  int64_t number = store_answer(l, s) ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_finalize(s);
  return number;
}

#define IMAGE "SELECT digest, pack, version, data, text FROM image"

static image_row image_read(sqlite3_stmt *s, arena *a) {
  return (image_row){store_digest(s, 0), store_text(s, 1, a), store_text(s, 2, a), store_text(s, 3, a),
                     store_text(s, 4, a)};
}

bool ledger_image(ledger *l, digest id, arena *a, image_row *out, faults *problems) {
  sqlite3_stmt *s = store_prepare(l, IMAGE " WHERE digest = ?", problems);
  if (s == NULL) return false;
  store_bind_digest(s, 1, &id);
  bool failed = false;
  bool found = store_step(l, s, &failed, problems);
  if (found) *out = image_read(s, a);
  sqlite3_finalize(s);
  char digits[DIGEST_TEXT];
  digest_text(id, digits);
  if (!found && !failed) {
    fault_add(problems, NOWHERE, "ledger \"%s\" has no pack image \"%.12s\"", "台账“%s”中没有规则包映像“%.12s”",
              l->path, digits);
  } else if (found && (out->data == NULL || out->text == NULL || out->pack == NULL || out->version == NULL ||
                       !digest_same(id, image_digest(out->data, out->text)))) {
    found = false;
    fault_add(problems, NOWHERE, "pack image \"%.12s\" in ledger \"%s\" is damaged: its text does not give its digest",
              "规则包映像“%.12s”（台账“%s”）已损坏：内容与其摘要不符", digits, l->path);
    fault_next(problems, "run: hongzhu verify; then go back to the last backup",
               "请运行 hongzhu verify 查明损坏之处，然后恢复最近的备份");
  }
  return found;
}

size_t ledger_images(ledger *l, arena *a, image_row **out, faults *problems) {
  size_t count = 0, capacity = 0;
  bool failed = false;
  sqlite3_stmt *s = store_prepare(l, "SELECT digest, pack, version FROM image ORDER BY id", problems);
  *out = NULL;
  while (s != NULL && store_step(l, s, &failed, problems))
    *ARENA_PUSH(a, *out, count, capacity) =
        (image_row){.id = store_digest(s, 0), .pack = store_text(s, 1, a), .version = store_text(s, 2, a)};
  sqlite3_finalize(s);
  return count;
}

bool image_verify(ledger *l, faults *problems) {
  arena *a = arena_new();
  sqlite3_stmt *s = store_prepare(l, IMAGE " ORDER BY id", problems);
  sealed_check check = sealed_begin(l, SEALED_IMAGE, problems);
  bool failed = s == NULL;
  while (!failed && store_step(l, s, &failed, problems)) {
    image_row row = image_read(s, a);
    char digits[DIGEST_TEXT];
    digest_text(row.id, digits);
    if (row.data == NULL || row.text == NULL || !digest_same(row.id, image_digest(row.data, row.text)))
      fault_add(problems, NOWHERE, "pack image \"%.12s\" was changed: its text does not give its digest",
                "规则包映像“%.12s”被改动：内容与其摘要不符", digits);
    buffer bytes = {0};
    image_bytes(&bytes, &row);
    sealed_row(&check, &bytes);
    buffer_free(&bytes);
    arena_reset(a);
  }
  sqlite3_finalize(s);
  sealed_end(&check);
  arena_free(a);
  return !failed;
}

/* ---- bindings ---- */

static void binding_bytes(buffer *b, const binding *row) {
  seal_digest(b, &row->image);
  seal_text(b, row->organization);
  seal_number(b, row->from);
  seal_text(b, row->who);
  seal_text(b, row->at);
}

static bool binding_insert(ledger *l, void *context, faults *problems) {
  const binding *row = context;
  buffer bytes = {0};
  binding_bytes(&bytes, row);
  digest seal;
  bool good = sealed_next(l, SEALED_BINDING, &bytes, &seal, problems);
  buffer_free(&bytes);
  sqlite3_stmt *s = !good ? NULL
                          : store_prepare(l,
                                          "INSERT INTO binding (image, organization, from_day, who, at, seal)"
                                          " VALUES (?, ?, ?, ?, ?, ?)",
                                          problems);
  if (s == NULL) return false;
  store_bind_digest(s, 1, &row->image);
  store_bind_text(s, 2, row->organization);
  sqlite3_bind_int64(s, 3, row->from);
  store_bind_text(s, 4, row->who);
  store_bind_text(s, 5, row->at);
  store_bind_digest(s, 6, &seal);
  bool failed = false;
  store_step(l, s, &failed, problems);
  sqlite3_finalize(s);
  return !failed;
}

bool ledger_bind(ledger *l, const binding *b, faults *problems) {
  arena *a = arena_new();
  image_row image;
  binding row = *b;
  bool good = ledger_image(l, b->image, a, &image, problems) && store_transaction(l, binding_insert, &row, problems);
  arena_free(a);
  return good;
}

size_t ledger_bindings(ledger *l, arena *a, binding **out, faults *problems) {
  size_t count = 0, capacity = 0;
  *out = NULL;
  bool failed = false;
  sqlite3_stmt *s =
      store_prepare(l, "SELECT id, image, organization, from_day, who, at FROM binding ORDER BY id", problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    binding row = {sqlite3_column_int64(s, 0),      store_digest(s, 1),  store_text(s, 2, a),
                   (day)sqlite3_column_int64(s, 3), store_text(s, 4, a), store_text(s, 5, a)};
    *ARENA_PUSH(a, *out, count, capacity) = row;
  }
  sqlite3_finalize(s);
  return failed ? 0 : count;
}

bool binding_verify(ledger *l, faults *problems) {
  arena *a = arena_new();
  binding *rows;
  size_t before = problems->errors + problems->dropped;
  size_t count = ledger_bindings(l, a, &rows, problems);
  sealed_check check = sealed_begin(l, SEALED_BINDING, problems);
  for (size_t k = 0; k < count; k++) {
    buffer bytes = {0};
    binding_bytes(&bytes, &rows[k]);
    sealed_row(&check, &bytes);
    buffer_free(&bytes);
  }
  sealed_end(&check);
  arena_free(a);
  return problems->errors + problems->dropped == before;
}

bool ledger_ruling(ledger *l, day on, arena *a, image_row *out, faults *problems) {
  binding *rows;
  size_t before = problems->errors;
  size_t count = ledger_bindings(l, a, &rows, problems);
  const binding *ruling = NULL;
  for (size_t k = 0; k < count; k++) {
    if (rows[k].from <= on && (ruling == NULL || rows[k].from >= ruling->from)) ruling = &rows[k];
  }
  if (ruling != NULL) return ledger_image(l, ruling->image, a, out, problems);
  if (problems->errors > before) return false;
  char written[11] = "";
  day_write(on, written);
  fault_add(problems, NOWHERE, "no pack rules ledger \"%s\" on %s", "台账“%s”在 %s 没有规则包生效", l->path, written);
  return fault_next(problems, "put one into force with: hongzhu pack use PACK --from DAY",
                    "请用 hongzhu pack use 规则包 --from 日期 使其生效");
}
