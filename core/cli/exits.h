/* exits: what the exit codes mean, in one table: --help, the manual and the README say what stands here. */
#ifndef HONGZHU_CLI_EXITS_H
#define HONGZHU_CLI_EXITS_H

#include "base/text.h"

typedef struct exit_row {
  int code;
  said meaning;
} exit_row;

#define EXIT_ROWS 7
extern const exit_row exit_rows[EXIT_ROWS];

#endif
