/* Seeds that only the program's own code can make: seeds FOLDER writes FOLDER/TARGET/NAME. */
#include "world.h"

#include "host/foreign_wire.h"
#include "pack/decision.h"

#include <sys/stat.h>
#include <unistd.h>

static void keep(arena *a, const char *folder, const char *target, const char *name, const void *bytes, size_t size) {
  char *within = arena_format(a, "%s/%s", folder, target);
  mkdir(within, 0777);
  FILE *file = fopen(arena_format(a, "%s/%s", within, name), "wb");
  if (!file || (size && fwrite(bytes, size, 1, file) != 1) || fclose(file) != 0) {
    perror(within);
    exit(1);
  }
}

static void images(arena *a, const char *folder) {
  static const char *const packs[] = {"tests/packs/twice", "tests/packs/report", "scripts/regions/changzhou",
                                      "scripts/regions/statistics", "tests/fuzz/mapping"};
  for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
    pack_text text;
    char *image = json_canonical(a, world_image(a, packs[i], &text));
    keep(a, folder, "image", strrchr(packs[i], '/') + 1, image, strlen(image));
  }
}

static void rules(arena *a, const char *folder) {
  pack_text text;
  const json_t *image = world_image(a, "tests/packs/words", &text);
  const json_t *one;
  size_t i;
  json_array_foreach(json_object_get(image, "declarations"), i, one) {
    const char *tag = json_member_text(one, "@"), *id = json_member_text(one, "id");
    if (!tag || !id || strcmp(tag, "rule") != 0) continue;
    char *declared = json_canonical(a, one);
    keep(a, folder, "expression", id, declared, strlen(declared));
  }
}

static void decisions(arena *a, const char *folder) {
  pack *p = world_pack(a, "tests/packs/words");
  subjects *s = world_subjects(a);
  faults *problems = faults_new(a);
  evaluation *e = evaluation_new(p, s, day_of(2021, 6, 30), problems);
  for (size_t rule = 0; rule < p->rules_count && rule < 127; rule += 3) {
    explanation x;
    if (!evaluation_explain(e, (int32_t)rule, 0, a, &x)) continue;
    buffer needs = {0}, reasons = {0}, frame = {0};
    char which = (char)(rule * 2), other = (char)(rule * 2 + 1);
    buffer_bytes(&needs, &which, 1);
    decision_needs_pack(&x.decision, &needs);
    buffer_bytes(&reasons, &other, 1);
    explanation_pack(&x, p, &reasons);
    keep(a, folder, "decision", arena_format(a, "needs-%s", p->rules[rule].id), needs.at, needs.length);
    keep(a, folder, "decision", arena_format(a, "reasons-%s", p->rules[rule].id), reasons.at, reasons.length);
    buffer_free(&needs);
    buffer_free(&reasons);
    buffer_free(&frame);
  }
  evaluation_free(e);
  int descriptor = subjects_descriptor(s);
  struct stat about;
  if (fstat(descriptor, &about) != 0) exit(1);
  uint8_t *file = malloc((size_t)about.st_size);
  if (!file || pread(descriptor, file, (size_t)about.st_size, 0) != about.st_size) exit(1);
  keep(a, folder, "subjects", "words", file, (size_t)about.st_size);
  free(file);
  subjects_close(s);
}

static void documents(arena *a, const char *folder) {
#define TEXT(t)                                                                                                        \
  { (t), sizeof(t) - 1 }
  const hongzhu_origin origin = {sizeof origin, TEXT("名单.xlsx"), TEXT("名单"), TEXT("T01│甲校│12"), 7};
  const hongzhu_figure figure = {
      sizeof figure,        TEXT("people"),        TEXT("学员"), TEXT("12"), TEXT("人"), {NULL, 0},
      TEXT("一人只计一次"), TEXT("hongzhu trace"), &origin,      1,          12};
  const hongzhu_span spans[] = {{sizeof *spans, TEXT("共"), NULL}, {sizeof *spans, {NULL, 0}, &figure}};
  const hongzhu_column columns[] = {{sizeof *columns, TEXT("学校"), 0}, {sizeof *columns, TEXT("人数"), 1}};
  const hongzhu_event events[] = {
      {.size = sizeof *events, .kind = HONGZHU_EVENT_PARAGRAPH, .spans = spans, .spans_count = 2},
      {.size = sizeof *events,
       .kind = HONGZHU_EVENT_FIGURES,
       .text = TEXT("要点"),
       .figures = &figure,
       .figures_count = 1},
      {.size = sizeof *events,
       .kind = HONGZHU_EVENT_TABLE,
       .text = TEXT("各校"),
       .columns = columns,
       .columns_count = 2,
       .cells = spans,
       .rows_count = 1},
      {.size = sizeof *events,
       .kind = HONGZHU_EVENT_HEADING,
       .level = 2,
       .text = TEXT("一、概况"),
       .svg = TEXT("<svg/>"),
       .chart = TEXT("bar")}};
#undef TEXT
  for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
    buffer bytes = {0};
    event_encode(&bytes, &events[i]);
    keep(a, folder, "document", arena_format(a, "event-%zu", i + 1), bytes.at, bytes.length);
    buffer_free(&bytes);
  }
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  json_prepare();
  arena *a = arena_new();
  images(a, argv[1]);
  rules(a, argv[1]);
  decisions(a, argv[1]);
  documents(a, argv[1]);
  arena_free(a);
  return 0;
}
