/* mutate: every threshold, rate, cap and date of a pack moved by one step, to see whether a case notices.
 *
 * The image is changed, not the Lua: one number or day at a time, in all the places that one line of the text left in
 * it, compiled anew and tried by the pack's own cases. A step is one in the last place written (30 to 31, "0.5" to
 * "0.4", "1/45" to "1/46"), one day, or the next word of a scale. Only what the pack itself says is moved, not what it
 * takes from those that it extends: their own cases are for that.
 *
 * What no case notices survives. A pack may say why it leaves a place open: leaves_open { "NAME", zh = …, en = … }.
 */
#ifndef HONGZHU_PACK_MUTATE_H
#define HONGZHU_PACK_MUTATE_H

#include "pack/case.h"

typedef enum fate {
  FATE_CAUGHT,    /* a case fails */
  FATE_SURVIVES,  /* none does */
  FATE_OPEN,      /* none does, and the pack says why */
  FATE_NO_CHANGE, /* on no day on which it is read would it say anything else */
  FATE_REFUSED,   /* the checker refuses the pack: it cannot be written */
  FATES
} fate;

typedef struct mutant {
  const char *name; /* "face_to_face.2018-01-01.value": parameter, first day, what; "cycle.school.last" */
  place where;
  const char *was, *is;
  fate fate;
  said why;  /* FATE_OPEN: as the pack says */
  said hint; /* FATE_SURVIVES: the case that would notice */
} mutant;

typedef struct mutation {
  mutant *mutants;
  size_t count, capacity;
  size_t fates[FATES];
} mutation;

/* All cases must pass as the pack is. `told` is asked to show progress; may be NULL. False with faults where a
 * leaves_open names nothing that survives. */
bool pack_mutate(const pack *p, arena *a, mutation *out, void (*told)(void *, size_t, size_t), void *context,
                 faults *problems);

#endif
