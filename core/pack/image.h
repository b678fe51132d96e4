/* image: what a pack's Lua yields: plain data as JSON, before anything is checked.
 *
 * A pack's files run once in the box, those of the packs it extends first (the nation, the province, the county),
 * within a pack in the order pack.lua, parameters*, kinds*, scales*, recognition*, all others by path. Each returns a
 * declaration or a list of them; tests/ are loaded likewise.
 *
 *   {"api": 1, "id": "county", "version": "1", "title": {…}, "extends": ["national"],
 *    "declarations": [DECLARATION …]}                        in the order in which they were loaded
 *
 * Values:
 *   nil                         absent key
 *   boolean, text               JSON
 *   integer                     JSON integer
 *   float                       {"@": "decimal", "value": "0.5"}   shortest decimal; more than six places is a fault
 *   sequence                    array; an empty table too
 *   table with names            object, keys sorted; positions beside names become keys "1", "2" …
 *   key `till`                  "until", which Lua keeps for itself
 *   declaration  rule { … }     {"@": "rule", "at": "county/rules/cycle.lua:3", …the table's keys}
 *   function     last(2, "y")   {"@": "last", "at": "…", "args": [2, "y"]}; a single table argument is args[0]
 *   method       s:cap(l, "y")  {"@": "cap", "at": "…", "of": S, "args": [l, "y"]}
 *   s + t  a - b  a * b  a / b  {"@": "add" | "subtract" | "multiply" | "divide", "at": "…", "args": [a, b]}
 *   P.name                      {"@": "parameter", "at": "…", "args": ["name"]}
 *   name of a recognition       credits "online": {"@": "recognised", "at": "…", "args": ["credits", "online"]}
 *   Lua function                {"@": "function", "at": "…"}
 *
 * Words that Lua knows as functions, methods and declarations stand in one table, vocabulary.h; std Lua is made from
 * it.
 */
#ifndef HONGZHU_PACK_IMAGE_H
#define HONGZHU_PACK_IMAGE_H

#include "base/fault.h"
#include "base/json.h"

typedef struct pack_text { /* the files of a pack and of those it extends */
  json_t *files;           /* {"national/pack.lua": "…", "county/rules/cycle.lua": "…"} */
  json_t *order;           /* ["national", "county"]: pack ids, the extended first */
  const char *folder;      /* of the pack itself; NULL when it comes from a ledger */
} pack_text;

/* Reads a folder and, through `extends`, those beside it or in the folders of HONGZHU_PACKS. */
bool pack_text_read(arena *a, const char *folder, pack_text *out, faults *problems);
/* The folder of a pack given as a folder or by its id (in the folder at hand, in those of HONGZHU_PACKS, among the
 * packs that come with the program); NULL with a fault that names the nearest known one. */
const char *pack_folder_find(arena *a, const char *given, faults *problems);
/* The packs that can be found by id, in order of search, each once: ids and folders. */
size_t pack_folders(arena *a, const char ***ids, const char ***folders);
bool pack_text_from(arena *a, const char *canonical, pack_text *out, faults *problems); /* as stored in a ledger */
char *pack_text_canonical(arena *a, const pack_text *text); /* {"files": …, "order": …} */

/* Runs the text in a worker and returns the image (a new reference); NULL with faults. */
json_t *image_make(arena *a, const pack_text *text, faults *problems);

/* Where a key of a declaration stands in its file: `at` of the nearest tagged value and the keys from there, as in
 * {"needs", "2", "zh"}; found by reading the text's tokens. Falls back to the line in `at`. */
place image_place(arena *a, const pack_text *text, const char *at, const char *const *keys, size_t count);

#endif
