/* ruling: which pack's rules are meant, where several districts stand in one ledger.
 *
 * On a day each organization has the pack that was put to use for it last; one that is for no organization is for all,
 * and takes the place of those before it. Where several are left, a command means the one that is named, else the one
 * whose organization is above what the command is about.
 */
#ifndef HONGZHU_TASK_RULING_H
#define HONGZHU_TASK_RULING_H

#include "ledger/subjects.h"
#include "pack/pack.h"

typedef struct ruling {
  const char *pack;         /* its id */
  const char *organization; /* whom it rules, by code or name; NULL: everyone whom no other does */
  digest image;
} ruling;

/* The packs in force on a day, in the order in which they were put to use; 0 with a fault where there is none. */
size_t rulings_on(ledger *l, day on, arena *a, ruling **out, faults *problems);

/* Whether several organizations have packs of their own, on whatever days: then each pack is about its own people. */
bool rulings_several(ledger *l, arena *a, faults *problems);

/* The pack named, or the only one, or the one that rules what a code or name means: a cohort, programme, organization
 * or person. `about` may be NULL. NULL with a fault that names them all. */
const ruling *ruling_meant(const ruling *all, size_t count, ledger *l, const char *named, const char *about,
                           faults *problems);
/* Likewise, compiled. */
pack *ruling_pack(arena *a, ledger *l, day on, const char *named, const char *about, faults *problems);

/* Which rows of a type lie under an organization: themselves, by their cohort or programme, or by the posts and
 * enrollments of the person. Marks by row. */
bool *ruling_marks(const subjects *s, fact_type type, uint32_t organization, arena *a);
/* The row of the organization that a ruling names; -1 where the ledger does not have it, or it names none. */
int32_t ruling_organization(const subjects *s, const char *named);

#endif
