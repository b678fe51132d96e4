/* The image of a pack as stored or as a worker sent it: the checker says what is wrong, or makes a pack of it. What is
 * changed is the JSON's values (json_change.c). */
#include "json_change.h"

#include "pack/pack.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned int seed) {
  return json_change(bytes, size, most, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  json_t *image = json_kept(a, json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL));
  if (json_is_object(image) && json_is_array(json_object_get(image, "declarations"))) {
    pack_text text = {.files = json_kept(a, json_pack("{s:s}", "p/pack.lua", "return pack {}\n")),
                      .order = json_kept(a, json_pack("[s]", "p"))};
    const pack *p = pack_compile(a, &text, image, problems);
    fuzz_promise(p ? problems->errors == 0 : problems->errors > 0);
    for (size_t i = 0; i < problems->count && i < 20; i++)
      for (int in = 0; in < LANGUAGES; in++) {
        const char *shown = fault_text(a, &problems->items[i], (language)in);
        fuzz_promise(text_is_utf8(shown, strlen(shown)));
      }
  }
  arena_free(a);
  return 0;
}
