#include "ledger/zip_calls.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#define ZIP_CALL(name)                                                                                                 \
  { "zip_" #name, offsetof(zip_calls, name) }

static const struct {
  const char *name;
  size_t offset;
} rows[] = {ZIP_CALL(close),
            ZIP_CALL(discard),
            ZIP_CALL(error_code_system),
            ZIP_CALL(error_code_zip),
            ZIP_CALL(error_fini),
            ZIP_CALL(error_init),
            ZIP_CALL(error_init_with_code),
            ZIP_CALL(error_set),
            ZIP_CALL(error_strerror),
            ZIP_CALL(error_system_type),
            ZIP_CALL(fclose),
            ZIP_CALL(file_add),
            ZIP_CALL(file_set_external_attributes),
            ZIP_CALL(fopen),
            ZIP_CALL(fread),
            ZIP_CALL(get_error),
            ZIP_CALL(get_num_entries),
            ZIP_CALL(name_locate),
            ZIP_CALL(open),
            ZIP_CALL(register_progress_callback_with_state),
            ZIP_CALL(set_file_compression),
            ZIP_CALL(source_buffer),
            ZIP_CALL(source_file),
            ZIP_CALL(source_free),
            ZIP_CALL(stat)};

enum { ROWS = sizeof rows / sizeof *rows };
_Static_assert(ROWS * sizeof(void *) == sizeof(zip_calls), "a row for each member");

static bool missing(faults *problems) {
  const char *reason = dlerror();
  fault_add(problems, NOWHERE, "backups need the library libzip, which cannot be loaded: %s",
            "备份需要 libzip 库，而它无法加载：“%s”", reason && text_is_utf8(reason, strlen(reason)) ? reason : "?");
  return fault_next(problems, "install it: the package libzip4 of Debian", "请安装它：Debian 的软件包 libzip4");
}

bool zip_calls_load(zip_calls *out, faults *problems) {
  void *library = dlopen(HONGZHU_LIBZIP, RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) return missing(problems);
  for (size_t i = 0; i < ROWS; i++) {
    void *symbol = dlsym(library, rows[i].name);
    if (symbol == NULL) return missing(problems);
    memcpy((char *)out + rows[i].offset, &symbol, sizeof symbol); /* ISO C converts no object to a function pointer */
  }
  return true;
}
