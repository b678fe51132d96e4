/* completion: what may stand next on a command line, from the same rows as --help.
 *
 * The shells' functions ask the program each time they are used (2 to 3 ms), so that they never lag behind it. A
 * candidate is a word and, behind it, what it is; file and folder names are left to the shell.
 */
#ifndef HONGZHU_CLI_COMPLETION_H
#define HONGZHU_CLI_COMPLETION_H

#include "cli/cli.h"

typedef struct candidate {
  const char *word, *about; /* about: NULL for nothing */
} candidate;

typedef struct candidates {
  arena *memory;
  candidate *items; /* in the order of the rows, those that begin with what is there already */
  size_t count, capacity;
  bool files, folders; /* names of files or folders fit too */
} candidates;

/* `words` are those behind "hongzhu"; the last is the one being written, "" for none yet. bash hands "--detail=full"
 * over as three words; its candidates are then without "--detail=". */
void completion_of(const char *const *words, size_t count, language in, candidates *out);

extern const char completion_bash[], completion_zsh[]; /* what `hongzhu completion` prints */

#endif
