/* decide_role: foreign rules in a worker: `decide` in Lua (role "decide") and native ones (role "native").
 *
 * Parent: decide_worker_open gives what evaluation_elsewhere asks; one worker a kind of rule and evaluation, started
 * when the first such rule is asked. Child: the roles, which compile the pack, map the subject file and answer.
 */
#ifndef HONGZHU_PACK_DECIDE_ROLE_H
#define HONGZHU_PACK_DECIDE_ROLE_H

#include "host/foreign.h"
#include "pack/doors.h"

typedef struct decide_worker decide_worker;

/* `natives` are the offers found, for native rules; NULL: there are none. It is asked through evaluation_elsewhere. */
decide_worker *decide_worker_new(arena *a, const pack *p, const subjects *s, day on, const offers *natives);
bool decide_worker_ask(void *worker, int32_t rule, uint32_t subject, bool explain, arena *a, explanation *out,
                       faults *problems);
/* Asks about several subjects at once, the first 64 at most: who then asks for them in this order finds them answered.
 */
bool decide_worker_expect(decide_worker *w, int32_t rule, const uint32_t *subjects_asked, size_t count,
                          faults *problems);
bool decide_worker_free(decide_worker *w, faults *problems); /* ends the workers */

int role_decide(worker_child *c, int argc, char **argv);
int role_native(worker_child *c, int argc, char **argv);

/* Lua: the function on top of the stack becomes the case's; see decide_lua.c for what a case offers. */
bool decide_lua_case(void *context, const rule *r, doors *d);
/* Native: context is the plugin_rule table (decide_native.c). */
bool decide_native_case(void *context, const rule *r, doors *d);

#endif
