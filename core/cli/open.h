/* open: the ledger of a command, as the command line names it. */
#ifndef HONGZHU_CLI_OPEN_H
#define HONGZHU_CLI_OPEN_H

#include "cli/cli.h"
#include "ledger/ledger.h"

/* For writing, it waits as long as --wait says and tells a terminal after a second whom it waits for. NULL with a
 * fault, whose exit code is EXIT_LEDGER. */
ledger *open_ledger(call *c, ledger_mode mode);

#endif
