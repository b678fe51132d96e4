/* What the parent makes of the frames of a worker, for each conversation there is: offers, how sure readers are, rows,
 * bytes of a writer, an image, rows of `each`, blocks of `body`, decisions, a review table. The first byte chooses. */
#include "frame_worker.h"
#include "world.h"

#include "host/foreign_wire.h"
#include "pack/decide_role.h"
#include "pack/decision.h"
#include "pack/script.h"
#include "task/review.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct world {
  pack *pack;
  subjects *subjects;
  int nowhere; /* a descriptor to which bytes go */
  arena *memory;
} world;

static world w;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  w.memory = arena_new();
  w.pack = world_pack(w.memory, "tests/packs/words");
  w.subjects = world_subjects(w.memory);
  w.nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  return 0;
}

static bool see_sheet(void *context, int32_t number, const char *name) {
  int32_t *sheet = context;
  fuzz_promise(number > *sheet && (!name || text_is_utf8(name, strlen(name))));
  *sheet = number;
  return true;
}

static bool see_row(void *context, const cell_row *row) {
  int32_t *sheet = context;
  fuzz_promise(row->sheet == *sheet && row->row > 0 && row->count <= CELLS_MOST);
  for (uint32_t i = 0; i < row->count; i++)
    fuzz_promise(!row->cells[i] || text_is_utf8(row->cells[i], strlen(row->cells[i])));
  return true;
}

static bool see_made(void *context, const script_row *row, faults *problems) {
  (void)context;
  (void)problems;
  for (size_t i = 0; i < row->count; i++)
    fuzz_promise(text_is_utf8(row->names[i], strlen(row->names[i])) &&
                 text_is_utf8(row->texts[i], strlen(row->texts[i])));
  return true;
}

static bool each_rows(arena *a, faults *problems) {
  const char *const columns[] = {"编号", "学时"}, *const cells[] = {"T1", NULL};
  script_each *each =
      script_each_start(a, &w.pack->text, "roster", columns, 2, (script_taking){NULL, see_made}, problems);
  if (!each) return false;
  bool good = script_each_row(each, 1, 2, cells, problems);
  return script_each_finish(each, problems) && good;
}

static bool decide(arena *a, uint8_t which, faults *problems) {
  decide_worker *one = decide_worker_new(a, w.pack, w.subjects, day_of(2022, 12, 31), NULL);
  explanation x = {0};
  rule *chosen = &w.pack->rules[which % w.pack->rules_count];
  rule_way kept = chosen->way;
  x.decision.rule = (int32_t)(chosen - w.pack->rules);
  chosen->way = RULE_DECIDE;
  bool good = decide_worker_ask(one, x.decision.rule, 0, true, a, &x, problems);
  if (good) { /* what was believed can be packed again */
    buffer again = {0};
    x.decision.on = day_of(2022, 12, 31);
    explanation_pack(&x, w.pack, &again);
    buffer_free(&again);
  }
  good = decide_worker_free(one, problems) && good;
  chosen->way = kept;
  return good;
}

/* Who was asked goes on to read. */
static bool asked_and_read(const offers *all, const reading *to, faults *problems) {
  int sure[4];
  foreign_asked *asked = foreign_ask(all, w.nowhere, "f.csv");
  foreign_answers(asked, sure);
  bool good = foreign_read_asked(asked, all->items, w.nowhere, "f.csv", NULL, 0, to, problems);
  foreign_asked_end(asked);
  return good;
}

static bool converse(arena *a, uint8_t which, const offer *one, faults *problems) {
  int32_t sheet = 0;
  int sure[4];
  offers all = {arena_copy(a, one, sizeof *one), 1};
  const reading to = {.context = &sheet, .sheet = see_sheet, .row = see_row};
  const document d = {.language = "zh", .day = "2025-01-01"};
  switch (which & 7) {
  case 0:
    return which & 8 ? asked_and_read(&all, &to, problems)
                     : foreign_read(one, w.nowhere, "f.csv", NULL, 0, &to, problems);
  case 1:
    return foreign_probe(&all, w.nowhere, "f.csv", sure, problems) || true; /* failing costs a warning */
  case 2:
    return offers_check_table(a, "/usr/lib/plugin.so", &all, problems);
  case 3: {
    json_t *image = json_kept(a, image_make(a, &w.pack->text, problems));
    return image != NULL;
  }
  case 4:
    return each_rows(a, problems);
  case 5:
    return foreign_write(one, &d, NULL, 0, w.nowhere, problems);
  case 6:
    return decide(a, which >> 3, problems);
  default:
    if (which & 8) return review_read(review_new(a), &all, "/dev/null", problems);
    return json_kept(a, script_body(a, &w.pack->text, "annual", json_kept(a, json_object()), problems)) != NULL || true;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  fuzz_bytes input = {bytes, size};
  uint8_t which = fuzz_byte(&input);
  frames_from(input);
  const offer one = {
      .kind = OFFER_READER, .name = "csv", .file = "/usr/lib/plugin.so", .plugin = "csv", .extensions = "csv"};
  bool good = converse(a, which, &one, problems);
  /* What went wrong was said, and can be shown. */
  fuzz_promise(good || problems->errors > 0 || (which & 7) == 6);
  for (size_t i = 0; i < problems->count && i < 20; i++)
    for (int in = 0; in < LANGUAGES; in++) fault_text(a, &problems->items[i], (language)in);
  arena_free(a);
  return 0;
}
