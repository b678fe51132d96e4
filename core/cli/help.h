/* help: what --help prints, made from the rows of the commands. */
#ifndef HONGZHU_CLI_HELP_H
#define HONGZHU_CLI_HELP_H

#include "cli/cli.h"

void help_all(const call *c, const char *group); /* all commands, or those of a group such as "pack" */
void help_command(const call *c);

/* The options that every command has (cli.c). */
extern const option_row common_options[];
extern const size_t common_options_count;

#endif
