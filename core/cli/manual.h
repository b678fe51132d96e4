/* manual: the pages of man, made from the same rows as --help. */
#ifndef HONGZHU_CLI_MANUAL_H
#define HONGZHU_CLI_MANUAL_H

#include "cli/cli.h"

/* The page of a command, or with NULL that of the whole program, as man(7) source. */
void manual_page(buffer *to, const command *of, language in);
char *manual_name(arena *a, const command *of); /* "hongzhu-pack-use" */

#endif
