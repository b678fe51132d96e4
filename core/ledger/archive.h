/* archive: a backup as one file: a zip that any tool opens. Within the ledger floor only.
 *
 *   manifest.json     what is in it: names, sizes, digests; when it was made, of which ledger, its chain hash
 *   ledger.db         the ledger as of one moment        files/DIGEST   each kept file that it names
 *   key, access       the key of ID numbers, only if asked for; NAME.access
 *
 * Nothing of it is trusted: exactly the entries of the manifest, each of its size and digest, no other names, no
 * folders.
 */
#ifndef HONGZHU_LEDGER_ARCHIVE_H
#define HONGZHU_LEDGER_ARCHIVE_H

#include "base/json.h"
#include "ledger/ledger.h"

#define ARCHIVE_LEDGER   "ledger.db"
#define ARCHIVE_KEY      "key"
#define ARCHIVE_ACCESS   "access"
#define ARCHIVE_FILES    "files/"
#define ARCHIVE_MANIFEST "manifest.json"

typedef struct archive archive;

typedef struct archive_entry {
  const char *name;
  int64_t size;
  digest bytes;
} archive_entry;

/* What is being done: pages of the database copied; what is stored checked; bytes written into the file, read from it.
 */
typedef enum archive_stage { ARCHIVE_COPIED, ARCHIVE_CHECKED, ARCHIVE_WRITTEN, ARCHIVE_READ } archive_stage;

typedef struct archive_progress {
  void (*step)(void *context, archive_stage stage, int64_t done, int64_t all); /* may be NULL */
  void *context;
} archive_progress;

/* Writes a file that is not there yet (mode 0600, synced). `manifest` gets the entries, as "files", and is borrowed. */
bool archive_write(const char *path, json_t *manifest, const archive_entry *entries, const char *const *sources,
                   size_t count, archive_progress progress, faults *problems);

/* Opens one and checks its manifest and names. NULL with a fault that says what is wrong with it. */
archive *archive_open(const char *path, faults *problems);
void archive_close(archive *r); /* NULL is allowed */
const json_t *archive_manifest(const archive *r);
size_t archive_entries(const archive *r, const archive_entry **out);
/* Reads every entry and compares size and digest. With `folder`, each is also written there: ledger.db, ledger.db.key,
 * ledger.db.access, ledger.db.files/DIGEST, so that the folder holds a ledger (modes 0600 and 0700, synced). */
bool archive_read(archive *r, const char *folder, archive_progress progress, faults *problems);

#endif
