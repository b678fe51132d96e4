/* What the ledger keeps beside its facts, and reads again without asking its checksums: blocks of decisions, who
 * stands, what an issued report was asked for; and numbers that were given out. The first byte chooses. What is
 * believed can be written again and is the same then. */
#include "fuzz.h"

#include "ledger/decision_block.h"
#include "ledger/standing_entries.h"
#include "pack/register.h"
#include "task/report_issue.h"

/* ---- blocks of decisions ---- */

static bool same_decision(const decision_row *x, const decision_row *y) {
  return x->id == y->id && x->outcome == y->outcome && x->subject == y->subject && x->valid_until == y->valid_until &&
         !x->needs == !y->needs && x->needs_size == y->needs_size &&
         (!x->needs_size || !memcmp(x->needs, y->needs, x->needs_size));
}

static void block(fuzz_bytes *input) {
  const decision_row head = {.id = 1, .rule = "rule", .of = FACT_PERSON, .known_after = 1};
  int64_t count = fuzz_byte(input);
  size_t size = input->left;
  uint8_t *bytes = fuzz_copy(input, size);
  block_reading once = {0}, twice = {0};
  block_writing writing = {0};
  decision_row row, again;
  size_t added = 0;
  block_open(&once, &head, count, bytes, size);
  while (block_next(&once, &row)) {
    fuzz_promise(row.id == (int64_t)added + 1 && row.needs_alike <= row.needs_size && (row.needs || !row.needs_size));
    if (!block_add(&writing, &row)) break;
    added++;
  }
  const buffer *written = block_bytes(&writing);
  block_open(&once, &head, count, bytes, size);
  fuzz_promise(block_open(&twice, &head, (int64_t)added, written->at, written->length));
  while (block_next(&twice, &again)) fuzz_promise(block_next(&once, &row) && same_decision(&row, &again));
  fuzz_promise(block_good(&twice));
  block_end(&once);
  block_end(&twice);
  block_free(&writing);
  free(bytes);
}

/* ---- who stands ---- */

static bool same_entry(const standing_entry *x, const standing_entry *y) {
  return x->subject == y->subject && x->owner == y->owner && x->decision == y->decision &&
         x->valid_until == y->valid_until && x->outcome == y->outcome;
}

/* Those of good groups; NULL where a group is bad. To be freed. */
static standing_entry *all_of(standing_entries *e) {
  standing_entry *all = malloc((e->count + 1) * sizeof *all);
  size_t at = 0;
  if (!all) abort();
  for (size_t g = 0; g < e->group_count; g++) {
    size_t count;
    const standing_entry *items = standing_entries_group(e, g, &count);
    fuzz_promise(!count || count == e->groups[g].count);
    if (!count) {
      free(all);
      return NULL;
    }
    memcpy(all + at, items, count * sizeof *items);
    at += count;
  }
  return all;
}

static void who_stands(arena *a, fuzz_bytes *input) {
  standing_entries once, twice;
  size_t size = input->left;
  uint8_t *bytes = fuzz_copy(input, size);
  standing_entry *all = NULL;
  bool good = standing_entries_open(&once, bytes, size, NULL, a);
  if (good) all = all_of(&once);
  buffer written = {0};
  if (all) {
    for (size_t k = 0; k < once.count; k++) {
      const standing_entry *found = standing_entries_find(&once, all[k].subject);
      fuzz_promise(found && same_entry(found, &all[k]) && (!k || all[k - 1].subject < all[k].subject));
    }
    standing_entries_pack(all, once.count, &written);
    fuzz_promise(standing_entries_open(&twice, written.at, written.length, NULL, a) && twice.count == once.count);
    standing_entry *again = all_of(&twice);
    fuzz_promise(again);
    for (size_t k = 0; k < once.count; k++) fuzz_promise(same_entry(&all[k], &again[k]));
    free(again);
  }
  buffer_free(&written);
  free(all);
  free(bytes);
}

/* ---- numbers that were given out ---- */

static const char *text_of(arena *a, fuzz_bytes *input) {
  size_t size = fuzz_byte(input) % 16;
  if (size > input->left) size = input->left;
  const char *text = arena_text_of(a, (const char *)input->at, size);
  input->at += size;
  input->left -= size;
  return text;
}

static void number(arena *a, fuzz_bytes *input) {
  number_part parts[8];
  declared_register r = {.id = "r", .number = "", .parts = parts, .checks = false};
  size_t wanted = 1 + fuzz_byte(input) % 8, serial_at = fuzz_byte(input) % wanted;
  r.check = (check_system)(fuzz_byte(input) % CHECK_SYSTEMS);
  r.width = 1 + fuzz_byte(input) % REGISTER_SERIAL_MOST;
  r.region = text_of(a, input);
  const number_words words = {text_of(a, input), text_of(a, input), 1900 + fuzz_byte(input)};
  for (; r.parts_count < wanted; r.parts_count++) {
    number_field field = (number_field)(fuzz_byte(input) % (FIELD_CHECK + 1));
    if (field == FIELD_SERIAL || (field == FIELD_CHECK && r.checks)) field = FIELD_TEXT;
    if (r.parts_count == serial_at) field = FIELD_SERIAL;
    r.checks = r.checks || field == FIELD_CHECK;
    parts[r.parts_count] = (number_part){field, field == FIELD_TEXT ? text_of(a, input) : NULL, r.width};
  }
  int64_t serial = 0;
  for (int k = 0; k < 4; k++) serial = serial * 256 + fuzz_byte(input);
  serial = 1 + serial % register_most(&r);
  faults *problems = faults_new(a);
  char *made = register_number(a, &r, words, serial, problems);
  fuzz_promise((made == NULL) == (problems->errors > 0));
  if (made) fuzz_promise(register_serial(a, &r, words, made) == serial);
  const char *other = arena_text_of(a, (const char *)input->at, input->left);
  int64_t read = register_serial(a, &r, words, other);
  fuzz_promise(read >= 0 && read <= register_most(&r));
  char *same = read > 0 ? register_number(a, &r, words, read, problems) : NULL;
  fuzz_promise(!same || strlen(same) == strlen(other));
  if (same && !r.checks) fuzz_promise(!strcmp(same, other));
}

/* ---- what an issued report was asked for ---- */

static void asked(arena *a, fuzz_bytes *input) {
  char *text = fuzz_text(input->at, input->left);
  const issued row = {.id = 1, .report = "report", .format = "text", .scope = text};
  report_order order;
  faults *problems = faults_new(a);
  bool good = report_order_of(a, &row, &order, problems);
  fuzz_promise(good == (problems->errors == 0));
  if (good) fuzz_promise((unsigned)order.request.detail < DETAILS && order.request.in <= LANGUAGE_EN);
  for (size_t k = 0; good && k < order.options_count; k++)
    fuzz_promise(order.options[k].name && order.options[k].value);
  free(text);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  fuzz_bytes input = {bytes, size};
  switch (fuzz_byte(&input) % 4) {
  case 0:
    block(&input);
    break;
  case 1:
    who_stands(a, &input);
    break;
  case 2:
    number(a, &input);
    break;
  default:
    asked(a, &input);
    break;
  }
  arena_free(a);
  return 0;
}
