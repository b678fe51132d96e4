/* foreign: readers, writers and plugins, as the tasks see them: each call runs in a worker of its own.
 *
 * Which plugins there are: shared objects NAME.so in the folders of HONGZHU_PLUGINS (colon-separated; an empty one
 * stands for the program's own), else in the folder of the program's own plugins. Their tables are read in a worker,
 * never in this process, or taken from what was written down of them (offers_write).
 */
#ifndef HONGZHU_HOST_FOREIGN_H
#define HONGZHU_HOST_FOREIGN_H

#include "base/json.h"
#include "hongzhu/plugin.h"
#include "host/worker.h"

typedef enum offer_kind { OFFER_READER, OFFER_WRITER, OFFER_RULE } offer_kind;

typedef struct offer_option {
  const char *name, *type, *otherwise;
  said help;
} offer_option;

typedef struct offer { /* one thing that a plugin offers */
  offer_kind kind;
  const char *name;
  said title;
  const char *extensions; /* reader: several; writer: one */
  const char *mime;
  const offer_option *options;
  size_t options_count;
  uint32_t needs;
  const char *plugin, *plugin_version, *license, *file; /* where it comes from */
  said plugin_title;
  const char *contact; /* whom to tell when it fails; NULL: nobody named */
} offer;

typedef struct offers {
  offer *items;
  size_t count;
  size_t failed; /* plugins that could not be asked: what is missing here may be theirs */
} offers;

/* All that the plugins found offer, by kind and name. A plugin that cannot be loaded is a warning with entry point,
 * library and the system's reason; a name offered twice is an error that names both files. */
bool offers_find(arena *a, offers *out, faults *problems);
/* The same, and each is asked, whatever was written down: for those who want to know whether it answers. */
bool offers_ask(arena *a, offers *out, faults *problems);
/* Asks the plugins of a folder (NULL: the program's own) and writes down beside them what they offer, in offers.json,
 * with the digest of each file: as long as a file is the same, offers_find need not start a worker for it. `path` gets
 * the folder, `out` what they offer. */
bool offers_write(arena *a, const char *folder, offers *out, const char **path, faults *problems);
/* One file, for `plugin check`: loads it, checks the whole table, exercises it. */
bool offers_check(arena *a, const char *file, offers *out, faults *problems);
const offer *offers_named(const offers *all, offer_kind kind, const char *name,
                          faults *problems); /* fault with nearest */

/* After the fault that something is not offered: where a plugin could not be asked, that is why. Returns false. */
bool offers_missing(const offers *all, faults *problems);

typedef struct option_value {
  const char *name, *value;
} option_value;

typedef struct cell_row { /* what a reader gave, checked: every text is UTF-8 */
  int32_t sheet;          /* 0: none */
  int64_t row;
  uint32_t count;
  const char *const *cells; /* NULL: absent; borrowed until the callback returns */
} cell_row;

typedef struct reading {
  void *context;
  bool (*sheet)(void *context, int32_t number, const char *name); /* may be NULL */
  bool (*row)(void *context, const cell_row *row);                /* false: stop, which is no error */
  /* Rows that will be given next, one after the other: for fetching what they are about. Their cells stay until the
   * call with the last of them returns. May be NULL. */
  void (*soon)(void *context, const cell_row *rows, size_t count);
  /* How much of the file the reader has read, where it says so: never more than there is. May be NULL. */
  void (*used)(void *context, uint64_t bytes, uint64_t size);
} reading;

/* How sure each reader is (0…100) that a file is its own; `sure` has one place per offer of kind reader, in order. */
bool foreign_probe(const offers *all, int descriptor, const char *name, int *sure, faults *problems);
/* The same in two steps: begun and not waited for, `all` and `name` borrowed; then the answers. Who failed is sure of
 * nothing. Their workers wait, so that one of them can go on to read (foreign_read_asked) and need not be started. */
typedef struct foreign_asked foreign_asked;
foreign_asked *foreign_ask(const offers *all, int descriptor, const char *name);
void foreign_answers(foreign_asked *asked, int *sure);
void foreign_asked_end(foreign_asked *asked); /* those who wait are ended; NULL is allowed */

bool foreign_read(const offer *reader, int descriptor, const char *name, const option_value *options,
                  size_t options_count, const reading *to, faults *problems);

/* The same by a worker that was asked about this file, where one waits that has the reader; NULL is allowed. */
bool foreign_read_asked(foreign_asked *asked, const offer *reader, int descriptor, const char *name,
                        const option_value *options, size_t options_count, const reading *to, faults *problems);

/* A document: the events of the SDK, in the order of the report; built by task/report.c in one arena. */
typedef struct document_number { /* a figure as a number, for programs that read on */
  hongzhu_text id;               /* of the figure in the document */
  const char *figure;            /* as the pack names it */
  const char *by, *group;        /* of one group: the path and its value as written; NULL */
  const char *number, *bound, *unit;
} document_number;

typedef struct document {
  const char *language, *day;
  const char *report, *of, *scope, *pack, *version; /* what it is a report of; NULL: everything */
  document_number *numbers;
  size_t numbers_count, numbers_capacity;
  hongzhu_event *events; /* without the END event */
  size_t count, capacity;
} document;

/* Writes to a descriptor. Equal documents give equal bytes. */
bool foreign_write(const offer *writer, const document *d, const option_value *options, size_t options_count,
                   int descriptor, faults *problems);

extern const worker_role_row foreign_roles[]; /* for cli/main.c; ends with a NULL name */

#endif
