/* hongzhu/plugin.h: everything an integrator needs, and the only header there is.
 *
 * A plugin is a shared object with one entry point, HONGZHU_ENTRY. It gets the host's table, returns a const table of
 * what it offers, and links to nothing of Hongzhu. It may offer readers (bytes -> rows), writers (document -> bytes)
 * and native rules (a case -> needs), any number of each.
 *
 * Where it runs. Each call into a plugin happens in a child process made for it: no ledger, no network, no files but
 * the shared libraries it links and the bytes it is given. It may crash, hang or leak: that ends the child and costs
 * the user one error message. Standard input, output and error lead nowhere.
 *
 * Ownership, in one sentence: what you receive is borrowed until the call that gave it returns, what you hand over
 * is copied before the call you hand it to returns; no memory ever changes owner.
 *
 * Text is UTF-8 with an explicit length, never NUL-terminated unless a field says so, and is checked by the host.
 *
 * Errors. Say what is wrong with `fail` and return HONGZHU_FAILED. A callback of the host that returns anything but
 * HONGZHU_OK asks you to stop: clean up and return the same value.
 *
 * Threads. A plugin is called from one thread and calls the host from that thread only. It may have threads of its own
 * (libraries do), but no processes.
 *
 * Evolution. The major version stands in the entry point's name. Within it, structs only grow at their end, every
 * struct starts with its own size, and whoever reads a member asks first whether `size` reaches it (HONGZHU_HAS).
 * A plugin built against an older or newer minor version keeps working. Nothing is ever unloaded.
 */
#ifndef HONGZHU_PLUGIN_H
#define HONGZHU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HONGZHU_ABI_MAJOR 1
#define HONGZHU_ABI_MINOR 2

#define HONGZHU_HAS(pointer, member)                                                                                   \
  ((pointer)->size >= offsetof(__typeof__(*(pointer)), member) + sizeof((pointer)->member))

/* Element `index` of an array of such structs: the step is the size that its maker wrote into the first of them. */
#define HONGZHU_AT(array, index)                                                                                       \
  ((__typeof__(array))(const void *)((const char *)(array) + (size_t)(index) * (array)->size))

enum { HONGZHU_OK = 0, HONGZHU_FAILED = 1, HONGZHU_STOP = 2 };

typedef struct hongzhu_text {
  const char *at; /* NULL: absent, which is not the same as empty */
  size_t length;
} hongzhu_text;

/* ---- options: a row each; the host parses, checks and explains them ---- */

typedef struct hongzhu_option {
  uint32_t size;
  const char *name;      /* NUL-terminated, lower_case */
  const char *type;      /* "text", "whole" (an integer), "truth" (true, false) or "a|b|c" (one of these words) */
  const char *otherwise; /* the default, as text; NULL: none */
  const char *help_zh, *help_en; /* one sentence each */
} hongzhu_option;

/* ---- the host's table ---- */

typedef struct hongzhu_host {
  uint32_t size;
  uint32_t abi_minor;
  const char *version; /* of the program */
} hongzhu_host;

/* ---- readers ---- */

typedef struct hongzhu_input {
  uint32_t size;
  const uint8_t *bytes; /* the whole file, read-only */
  uint64_t length;
  hongzhu_text name; /* the file's name without its folder */
} hongzhu_input;

typedef struct hongzhu_row {
  uint32_t size;
  uint32_t sheet;            /* 1-based; 0 where the format has no sheets */
  uint64_t row;              /* 1-based, as a person sees it in an office program or editor */
  uint32_t count;            /* cells */
  const hongzhu_text *cells; /* column 1 first; absent cells have at == NULL */
} hongzhu_row;

typedef struct hongzhu_read {
  uint32_t size;
  void *host; /* first argument of the callbacks below */
  const hongzhu_input *input;
  /* The value of an option, or its default; absent if there is neither. */
  hongzhu_text (*option)(void *host, const char *name);
  /* Begins a sheet: number from 1, rising. Not called by formats without sheets. */
  int (*sheet)(void *host, uint32_t number, hongzhu_text name);
  int (*row)(void *host, const hongzhu_row *row);
  /* What is wrong, where (sheet and row 0 if unknown), in both languages; the last one said is what the user reads. */
  int (*fail)(void *host, uint32_t sheet, uint64_t row, hongzhu_text zh, hongzhu_text en);
  /* Since 1.2, may be NULL: so many bytes of the input were read. Now and then is enough, and never is no error;
   * whoever waits is told how long it still takes. */
  void (*used)(void *host, uint64_t bytes);
} hongzhu_read;

typedef struct hongzhu_reader {
  uint32_t size;
  const char *name; /* NUL-terminated, lower_case, unique */
  const char *title_zh, *title_en;
  const char *extensions; /* "xlsx xlsm", without dots */
  const hongzhu_option *options;
  uint32_t options_count;
  void *context; /* first argument of the callbacks below */
  /* How sure it is that the file is of its format: 0 (not) to 100 (certain). Looks at bytes, not at names alone. */
  int (*probe)(void *context, const hongzhu_input *input);
  /* Gives each row in order, empty ones left out. Cells are texts: a date as 2025-08-15 (with " 14:30:00" if it has a
   * time), a number as the shortest decimal of at most 15 digits that a spreadsheet would show, a merged range as its
   * value in each cell. */
  int (*read)(void *context, const hongzhu_read *io);
} hongzhu_reader;

/* ---- writers ---- */

typedef enum hongzhu_event_kind {
  HONGZHU_EVENT_DOCUMENT = 1, /* text: title; note: subtitle; always first */
  HONGZHU_EVENT_HEADING,      /* level 1…4, text (numbered already) */
  HONGZHU_EVENT_PARAGRAPH,    /* spans */
  HONGZHU_EVENT_FIGURES,      /* key figures: figures */
  HONGZHU_EVENT_TABLE,        /* text: caption; columns; rows of cells */
  HONGZHU_EVENT_CHART,        /* text: caption; columns[0] names, columns[1…] series; rows; svg: drawn by the host */
  HONGZHU_EVENT_PAGE,         /* a page break */
  HONGZHU_EVENT_NOTE,         /* spans: a remark in small print */
  HONGZHU_EVENT_END = 1000    /* always last */
} hongzhu_event_kind;

/* What stands behind a figure: where its rows are. */
typedef struct hongzhu_origin {
  uint32_t size;
  hongzhu_text file, sheet, row_text; /* file name; sheet name or absent; the row's cells as one line */
  uint64_t row;
} hongzhu_origin;

typedef struct hongzhu_figure {
  uint32_t size;
  hongzhu_text id; /* unique in the document: an anchor */
  hongzhu_text title;
  hongzhu_text value; /* as it is to be printed, marker included */
  hongzhu_text unit;
  hongzhu_text marker;           /* what kind of number this is (stated, at least, unknown); absent: computed exactly */
  hongzhu_text definition;       /* one sentence: how it is computed */
  hongzhu_text trace;            /* the command that lists every row behind it */
  const hongzhu_origin *origins; /* at most 200 */
  uint32_t origins_count;
  uint64_t origins_total;
} hongzhu_figure;

/* A run of text, or a figure inside it. */
typedef struct hongzhu_span {
  uint32_t size;
  hongzhu_text text;
  const hongzhu_figure *figure; /* NULL: plain text */
} hongzhu_span;

typedef struct hongzhu_column {
  uint32_t size;
  hongzhu_text title;
  uint32_t align; /* 0 left, 1 right, 2 centre */
} hongzhu_column;

typedef struct hongzhu_event {
  uint32_t size;
  uint32_t kind; /* hongzhu_event_kind; a writer passes over kinds it does not know */
  uint32_t level;
  hongzhu_text text, note;
  const hongzhu_span *spans;
  uint32_t spans_count;
  const hongzhu_figure *figures;
  uint32_t figures_count;
  const hongzhu_column *columns;
  uint32_t columns_count;
  const hongzhu_span *cells; /* rows * columns, row by row */
  uint32_t rows_count;
  hongzhu_text svg;
  hongzhu_text chart; /* "bar", "column", "line" or "share" */
} hongzhu_event;

typedef struct hongzhu_write {
  uint32_t size;
  void *host;
  hongzhu_text language; /* "zh" or "en" */
  hongzhu_text day;      /* the report's day, YYYY-MM-DD: the only date a writer may put into its output */
  hongzhu_text (*option)(void *host, const char *name);
  /* The next event; borrowed until the next call. After HONGZHU_EVENT_END there is none. */
  int (*next)(void *host, const hongzhu_event **event);
  int (*put)(void *host, const void *bytes, size_t length);
  int (*fail)(void *host, hongzhu_text zh, hongzhu_text en);
  const char *folder; /* NUL-terminated: a private folder for temporary files, if the writer declared one; else NULL */
} hongzhu_write;

typedef struct hongzhu_writer {
  uint32_t size;
  const char *name, *title_zh, *title_en;
  const char *extension; /* "html" */
  const char *mime;
  const hongzhu_option *options;
  uint32_t options_count;
  void *context;
  uint32_t needs; /* HONGZHU_NEEDS_… or 0 */
  int (*write)(void *context, const hongzhu_write *io);
} hongzhu_writer;

enum { HONGZHU_NEEDS_FOLDER = 1, HONGZHU_NEEDS_FONTS = 2 };

/* ---- native rules: the doors that a Lua `decide` has ---- */

/* An exact number above / below, below > 0. */
typedef struct hongzhu_number {
  int64_t above, below;
} hongzhu_number;

/* Selections and numbers are handles, valid until `decide` returns; 0 is none: after a failed door returns it, the
 * case has already been given up and decide should return HONGZHU_STOP. */
typedef uint32_t hongzhu_selection;

typedef enum hongzhu_truth { HONGZHU_NO, HONGZHU_YES, HONGZHU_NOT_KNOWN } hongzhu_truth;

typedef struct hongzhu_case {
  uint32_t size;
  void *host;
  /* Records of the case's subject that match, in their fixed order. `where` is JSON as in a pack's `where`:
   * {"kind": "placement", "level": {"at_least": "county"}}; absent: all. */
  hongzhu_selection (*records)(void *host, hongzhu_text where);
  /* What a recognition of the pack made of them; `as` names a class, absent: all classes. */
  hongzhu_selection (*recognised)(void *host, const char *recognition, const char *as);
  hongzhu_selection (*where)(void *host, hongzhu_selection of, hongzhu_text where);
  hongzhu_selection (*cap)(void *host, hongzhu_selection of, hongzhu_number limit, const char *span);
  hongzhu_selection (*over)(void *host, hongzhu_selection of, hongzhu_number limit, const char *span);
  hongzhu_selection (*first)(void *host, hongzhu_selection of, int64_t count, const char *span);
  hongzhu_selection (*during)(void *host, hongzhu_selection of, const char *first_day, const char *last_day);
  hongzhu_selection (*both)(void *host, hongzhu_selection a, hongzhu_selection b);
  int (*sum)(void *host, hongzhu_selection of, hongzhu_number *out);
  int (*count)(void *host, hongzhu_selection of, int64_t *out);
  /* A parameter of the pack on the day the rule reads it; `word` chooses in a table, absent where it is none. */
  int (*parameter)(void *host, const char *name, const char *word, hongzhu_number *out);
  /* A need, in the order in which they are to be shown; its titles are in the pack. `compare` is ">=", ">", "<=", "<".
   */
  int (*need)(void *host, const char *id, hongzhu_selection had, const char *compare, hongzhu_number needed);
  int (*need_number)(void *host, const char *id, hongzhu_number had, const char *compare, hongzhu_number needed);
  int (*not_applicable)(void *host, hongzhu_text zh, hongzhu_text en);
  int (*fail)(void *host, hongzhu_text zh, hongzhu_text en);
} hongzhu_case;

typedef struct hongzhu_rule {
  uint32_t size;
  const char *name, *title_zh, *title_en;
  void *context;
  /* Called once, or more often with uncertain records out and in: it must depend on nothing but the doors. */
  int (*decide)(void *context, const hongzhu_case *doors);
} hongzhu_rule;

/* ---- the plugin ---- */

typedef struct hongzhu_plugin {
  uint32_t size;
  uint32_t abi_minor; /* HONGZHU_ABI_MINOR of the header it was built with */
  const char *name, *version, *license;
  const char *title_zh, *title_en;
  const hongzhu_reader *const *readers;
  uint32_t readers_count;
  const hongzhu_writer *const *writers;
  uint32_t writers_count;
  const hongzhu_rule *const *rules;
  uint32_t rules_count;
  const char *contact; /* since 1.1: whom to tell when it fails, such as an address; NULL: nobody */
} hongzhu_plugin;

#define HONGZHU_ENTRY      hongzhu_plugin_1
#define HONGZHU_ENTRY_NAME "hongzhu_plugin_1"

typedef const hongzhu_plugin *hongzhu_entry(const hongzhu_host *host);

#if defined(__GNUC__)
#define HONGZHU_EXPORT __attribute__((visibility("default")))
#else
#define HONGZHU_EXPORT
#endif

/* The one symbol a plugin exports. */
HONGZHU_EXPORT const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host);

#ifdef __cplusplus
}
#endif

#endif
