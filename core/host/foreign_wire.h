/* foreign_wire: what the parent and the child of a reader or writer say to each other. Numbers are in host order, for
 * both are the same program; a text is its length (UINT32_MAX: absent) and its bytes.
 *
 *   role     arguments                          descriptor   in                        out
 *   offers   plugin                                                                    OFFERS
 *   probe    plugin, file name                  the file     READ, if it is to         SURE for each reader, ASKED,
 *                                                            go on                     then as of read
 *   read     plugin, reader, file name, a=b …   the file                               SHEET, ROWS …
 *   write    plugin, writer, language, day, a=b …            EVENT (after PARTs) …     BYTES …
 */
#ifndef HONGZHU_HOST_FOREIGN_WIRE_H
#define HONGZHU_HOST_FOREIGN_WIRE_H

#include "host/foreign.h"
#include "host/plugin.h"

enum {
  FRAME_OFFERS = FRAME_FIRST_OF_ROLE, /* the table as JSON */
  FRAME_SURE,                         /* int32, then the reader's name */
  FRAME_SHEET,                        /* uint32, then its name */
  FRAME_ROWS,                         /* of each: row_head, the lengths of the cells, each cell with a NUL behind it */
  FRAME_PART,                         /* a piece of an event too long for one frame; EVENT ends it */
  FRAME_EVENT,
  FRAME_BYTES,
  FRAME_ASKED, /* every reader was asked */
  FRAME_READ   /* the reader's name, then a=b …, with a NUL behind each */
};

typedef struct row_head {
  uint64_t row;
  uint32_t sheet, count;
} row_head;

#define CELLS_MOST   16384 /* the columns of the largest sheets */
#define SHEETS_MOST  10000
#define WRITTEN_MOST (UINT64_C(2) << 30) /* of one document */
#define PART_BYTES   (1 << 20)
#define ABSENT       UINT32_MAX

/* ---- a document on its way (foreign_document.c) ---- */

void event_encode(buffer *out, const hongzhu_event *event);
/* Into an arena; texts point into `bytes`. False if the bytes are no event. */
bool event_decode(arena *a, const uint8_t *bytes, size_t length, hongzhu_event *out);

/* ---- the parent (foreign_read.c) ---- */

/* What a reader may give and take for a file of so many bytes before it is held for endless. A row of a text takes two
 * bytes of it and a cell one, as a frame up to eleven times that; what is compressed has room in what any file may.
 * Within the time a byte a microsecond is read, which is a hundredth of what is usual. */
typedef struct reading_limits {
  int64_t rows;
  uint64_t bytes;   /* of all rows, as frames */
  uint32_t seconds; /* of waiting for it, and of its computing */
} reading_limits;

reading_limits foreign_reading_limits(uint64_t size);

/* ---- the parent (foreign_offers.c) ---- */

/* The words of `worker_order.doing`: reader "xlsx" on "roster.xlsx". `on` may be NULL. */
said foreign_doing(arena *a, const offer *o, const char *on);
/* Adds the options, checked against the offer's rows, as "name=value" behind the arguments given (NULL-terminated). */
const char *const *foreign_arguments(arena *a, const offer *o, const char *const *fixed, const option_value *options,
                                     size_t count, faults *problems);
/* The worker is ended; what it sent is no answer. Returns false. */
bool foreign_garbage(worker *w, said doing, const char *en, const char *zh, faults *problems);
/* The offers of one file, with its table checked; nothing of it is called but the entry point. */
bool offers_check_table(arena *a, const char *file, offers *out, faults *problems);
/* ---- what was written down of plugins (offers_noted.c) ---- */

typedef struct offers_table {
  const char *file;
  const json_t *table;
} offers_table;

typedef struct offers_notes { /* that of the folder looked at last */
  arena *memory;
  const char *folder;
  const json_t *note;
} offers_notes;

/* The table of a plugin as it stands in offers.json beside it, in the arena, believed no more than what a worker says;
 * NULL where there is none of exactly this file. */
const json_t *offers_noted(offers_notes *n, const char *file);
/* Writes offers.json: the tables of the plugins of a folder. */
bool offers_note(arena *a, const char *folder, const offers_table *tables, size_t count, faults *problems);

/* Errors of one list as warnings of another. */
void foreign_warn(faults *from, faults *to);

/* ---- the child (foreign_child.c, foreign_child_write.c) ---- */

typedef struct foreign_child {
  worker_child *worker;
  arena *memory;
  faults *problems;
  plugin *plugin;
  char **options; /* "name=value" */
  int options_count;
} foreign_child;

/* Sends the faults; returns the exit status. */
int foreign_child_failed(foreign_child *f);
/* The value given, else the default, else absent. */
hongzhu_text foreign_child_option(const foreign_child *f, const hongzhu_option *rows, uint32_t count, const char *name);
int foreign_child_write(worker_child *c, int argc, char **argv);
bool foreign_child_open(foreign_child *f, worker_child *c, const char *file);

#endif
