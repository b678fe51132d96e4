#include "task/kept_text.h"

#include "base/system.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

int kept_text(const char *name, const char *text, size_t length, digest *out, faults *problems) {
  int descriptor = memfd_create("text", MFD_CLOEXEC);
  if (descriptor >= 0 && system_write(descriptor, text, length) && digest_of_file(descriptor, out)) return descriptor;
  fault_add(problems, (place){.file = name}, "the file cannot be kept: %s%.0s", "无法保存该文件：%.0s%s",
            SYSTEM_WORDS(errno));
  if (descriptor >= 0) close(descriptor);
  return -1;
}
