/* zip_calls: libzip, loaded when a backup is written or read. Within the ledger floor only.
 *
 * The library of ciphers that comes with it would take a third of each start of the program, and most commands and all
 * workers have nothing to do with backups. Once loaded it stays. Names and types are those of zip.h without "zip_".
 */
#ifndef HONGZHU_LEDGER_ZIP_CALLS_H
#define HONGZHU_LEDGER_ZIP_CALLS_H

#include "base/fault.h"

#include <zip.h>

#define ZIP_CALL(name) __typeof__(zip_##name) *name

typedef struct zip_calls {
  ZIP_CALL(close);
  ZIP_CALL(discard);
  ZIP_CALL(error_code_system);
  ZIP_CALL(error_code_zip);
  ZIP_CALL(error_fini);
  ZIP_CALL(error_init);
  ZIP_CALL(error_init_with_code);
  ZIP_CALL(error_set);
  ZIP_CALL(error_strerror);
  ZIP_CALL(error_system_type);
  ZIP_CALL(fclose);
  ZIP_CALL(file_add);
  ZIP_CALL(file_set_external_attributes);
  ZIP_CALL(fopen);
  ZIP_CALL(fread);
  ZIP_CALL(get_error);
  ZIP_CALL(get_num_entries);
  ZIP_CALL(name_locate);
  ZIP_CALL(open);
  ZIP_CALL(register_progress_callback_with_state);
  ZIP_CALL(set_file_compression);
  ZIP_CALL(source_buffer);
  ZIP_CALL(source_file);
  ZIP_CALL(source_free);
  ZIP_CALL(stat);
} zip_calls;

#undef ZIP_CALL

/* False with a fault where the library is missing or lacks one of them. */
bool zip_calls_load(zip_calls *out, faults *problems);

#endif
