/* world: a small pack and a few facts, for targets that need something to be about. */
#ifndef HONGZHU_TESTS_FUZZ_WORLD_H
#define HONGZHU_TESTS_FUZZ_WORLD_H

#include "fuzz.h"

#include "pack/pack.h"

/* The image of a pack of the source tree ("tests/packs/words"), its text run in a box here: no worker is started. */
json_t *world_image(arena *a, const char *folder, pack_text *text);
/* The same, compiled; ends the program with the pack's faults. */
pack *world_pack(arena *a, const char *folder);
/* People with records of all kinds of tests/packs/words: exact, at least, unknown, undated. */
subjects *world_subjects(arena *a);

#endif
