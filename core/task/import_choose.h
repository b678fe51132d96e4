/* import_choose: which reader a file is for, by its bytes, and which adapter, by its header. Used by import.c. */
#ifndef HONGZHU_TASK_IMPORT_CHOOSE_H
#define HONGZHU_TASK_IMPORT_CHOOSE_H

#include "task/import.h"
#include "task/sheet.h"

/* A file opened for import. */
typedef struct import_input {
  int descriptor;
  const char *path;
  const char *name; /* without its folder */
  digest bytes;
  const offers *claiming; /* the readers that claim it by its name, once they were asked */
  foreign_asked *asked;   /* they; NULL: nobody was asked, or nobody waits any more */
} import_input;

bool import_open(arena *a, const char *file, import_input *out, faults *problems);
void import_close(import_input *f);

/* Asks those readers of `all` that claim the file by its name, without waiting for an answer. */
void import_ask(arena *a, const offers *all, import_input *f);
/* The reader named, or the one whose format it is. A file that is not what its name says is a fault. Those who claim it
 * are asked where they were not. */
const offer *import_reader(arena *a, const offers *all, import_input *f, const char *named, faults *problems);

struct import_started {
  import_input input;
  offers all;
  faults *opening, *finding; /* what is wrong with the file; with the plugins */
  bool opened, found, taken;
};

/* The adapter named, or the only one whose required columns are all in a header row. */
const adapter *import_adapter(arena *a, const pack *rules, const offer *reader, const import_input *f,
                              const char *named, faults *problems);

bool import_reads(const adapter *of, const offer *reader); /* is the reader one of the adapter's? */
/* The adapter's options that this reader knows. */
size_t import_options(arena *a, const adapter *of, const offer *reader, option_value **out);

/* Header rows that came nearest, for saying what is missing. */
typedef struct near_header {
  arena *memory;
  size_t found; /* required columns in it */
  const char *sheet;
  int64_t row;
  const char **titles;
  uint32_t titles_count;
  const char **sheets; /* all that the file has */
  size_t sheets_count, sheets_capacity;
} near_header;

void near_header_note(near_header *n, const adapter *of, const char *sheet_name, const cell_row *row);
void near_header_sheet(near_header *n, const char *sheet_name);
/* Says that no sheet of the file has the adapter's columns, and which are missing. Returns false. */
bool near_header_fault(const near_header *n, const adapter *of, const char *file, faults *problems);

#endif
