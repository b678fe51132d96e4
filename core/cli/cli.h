/* cli: the command grammar. A command is a row of data: names, options, help and a function; parsing, checking,
 * --help and the nearest known name come from the rows.
 *
 *   hongzhu COMMAND [OPTIONS] [ARGUMENTS]       hongzhu --help | --version | COMMAND --help
 *
 * How to add one: a file core/cli/command_NAME.c with one `const command command_NAME` (a group such as "pack" has one
 * row for each of its words, "pack use", in one file or several), and its line in core/cli/commands.c.
 *
 * Options stand anywhere after the command's name, "--on DAY" or "--on=DAY"; "--" ends them. Every command has
 * --ledger, --json, --lang and --help without declaring them. Text goes to call.out, what went wrong to call.problems:
 * cli_main prints it after the command returned. Exit codes are those below; a command returns one of them.
 * Ownership: a call, and all that it hands out, lives until its command returns; put what you make in call.memory.
 */
#ifndef HONGZHU_CLI_CLI_H
#define HONGZHU_CLI_CLI_H

#include "base/date.h"
#include "base/fault.h"

#include <stdio.h>

enum {
  EXIT_DONE = 0,
  EXIT_NO = 1,       /* the answer is no, or there are findings: check, verify, tests, rejected rows */
  EXIT_USAGE = 2,    /* the command line is wrong */
  EXIT_INPUT = 3,    /* a file, a pack or a plugin cannot be used */
  EXIT_LEDGER = 4,   /* the ledger is missing, foreign, locked or damaged */
  EXIT_FOREIGN = 5,  /* foreign code crashed, hung or was stopped */
  EXIT_INTERNAL = 70 /* out of memory, or an error of the program itself */
};

typedef struct option_row {
  const char *name;     /* "--on" */
  const char *argument; /* what its value is called in help: "DAY"; NULL: an option without value */
  said help;            /* {{"…zh", "…en"}}: half a sentence, lower case, no full stop */
  bool repeats;         /* may be given several times */
} option_row;

typedef struct call call;

/* What has been shown of the work at hand (print_progress): when it began, by a clock that reaches no result. */
typedef struct progress {
  const char *what;     /* in English; NULL: nothing yet */
  uint64_t first;       /* done when it was first shown */
  uint64_t first_part;  /* of print_progress_part, likewise */
  int64_t began, shown; /* milliseconds */
} progress;

typedef struct command {
  const char *name;  /* "import", "pack use" */
  const char *usage; /* its arguments as help shows them: "FILE… [--on DAY]" */
  said help;         /* one line */
  said examples;     /* lines of commands, each with its remark behind " # "; "" for none */
  const option_row *options;
  size_t options_count;
  size_t least, most; /* how many arguments; most may be ARGUMENTS_ANY */
  int (*run)(call *c);
} command;

#define ARGUMENTS_ANY SIZE_MAX
#define OPTIONS(rows) .options = (rows), .options_count = sizeof(rows) / sizeof *(rows)

typedef struct given_option {
  const option_row *row;
  const char *value; /* NULL for an option without value */
} given_option;

struct call {
  const command *command;
  arena *memory;
  faults *problems; /* printed by cli_main, to err, after the command returned */
  language in;
  bool json;          /* --json: print_json to out and nothing else there */
  const char *ledger; /* --ledger, else HONGZHU_LEDGER, else "hongzhu.db" */
  int64_t wait;       /* seconds, while another program writes it */
  const char *const *arguments;
  size_t arguments_count;
  const given_option *options;
  size_t options_count;
  FILE *out, *err;
  progress *progress; /* NULL: no rate is shown */
};

int cli_main(int argc, char **argv);
/* The same with streams of the caller's own, for tests. */
int cli_run(int argc, char **argv, FILE *out, FILE *err);

bool call_has(const call *c, const char *option);
const char *call_value(const call *c, const char *option); /* NULL if not given; of several the last */
/* All values of an option that repeats, in the order given; NULL with *count 0 if there are none. */
const char *const *call_values(const call *c, const char *option, size_t *count);
/* A day (YYYY-MM-DD): the option's, or today where it is not given. False with a fault: return EXIT_USAGE. */
bool call_day(call *c, const char *option, day *out);
/* A whole number from `least` to `most`, or `otherwise` where it is not given. False with a fault: return EXIT_USAGE.
 */
bool call_whole(call *c, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out);
/* One of `words`; *out is its position, or `otherwise` where it is not given. False with a fault that names the
 * nearest. */
bool call_word(call *c, const char *option, const char *const *words, size_t count, size_t otherwise, size_t *out);
/* The same of one value of an option that repeats. */
bool call_one_of(call *c, const char *option, const char *value, const char *const *words, size_t count, size_t *out);
/* The exit code that the faults of the call ask for: EXIT_DONE without errors; else EXIT_LEDGER or EXIT_FOREIGN if a
 * fault is marked so (fault_mark), else EXIT_INPUT. */
int call_exit(const call *c);

/* All commands, in the order of help (commands.c). */
extern const command *const commands[];
extern const size_t commands_count;

#endif
