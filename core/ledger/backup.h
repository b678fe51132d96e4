/* backup: the whole ledger as one file, made while others work, and a ledger made from such a file.
 *
 * A backup is the state of one moment: of the database through SQLite, whose readers and writers go on meanwhile, and
 * of the kept files that this state names, which never change. It is verified before it gets its name: the copy like a
 * ledger, the file entry by entry. A backup that cannot be whole (a kept file is missing or was changed) is not made.
 * The key of ID numbers goes in only when asked for: who has both can find out ID numbers by trying.
 * A killed backup or restore leaves no file under the name that was asked for; what it left is swept away by the next.
 */
#ifndef HONGZHU_LEDGER_BACKUP_H
#define HONGZHU_LEDGER_BACKUP_H

#include "ledger/archive.h"

typedef struct backup_done {
  int64_t imports;
  digest chain;
  int64_t size;   /* of the backup file, in bytes */
  size_t kept;    /* how many kept files */
  bool key;       /* is the key in it */
  bool key_there; /* after restore: the ledger has its key */
  const char *at; /* when the backup was made */
} backup_done;

typedef struct backup_order {
  const char *file; /* of the backup */
  bool with_key;
  const char *who, *at;
  archive_progress progress;
} backup_order;

/* ledger_verify_beside, told to `progress` as ARCHIVE_CHECKED. */
bool backup_check(ledger *l, verify_beside with, archive_progress progress, faults *problems);

bool ledger_backup(ledger *l, const backup_order *order, arena *a, backup_done *out, faults *problems);

/* Makes the ledger `path`, where none may be. Kept files of the same bytes that are there already stay; a key or access
 * log that is there already stays too, and a key that is another is refused. */
bool ledger_restore(const char *path, const backup_order *order, arena *a, backup_done *out, faults *problems);

#endif
