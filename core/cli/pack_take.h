/* pack_take: the pack that a command was given, checked as a whole. */
#ifndef HONGZHU_CLI_PACK_TAKE_H
#define HONGZHU_CLI_PACK_TAKE_H

#include "cli/cli.h"
#include "pack/pack.h"

/* The pack of the first argument, a folder or an id. EXIT_DONE; EXIT_NO where something is wrong with it, said in the
 * faults; else what call_exit says. *out is NULL unless EXIT_DONE. */
int pack_take(call *c, pack **out);

#endif
