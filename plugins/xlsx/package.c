#include "package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct entry {
  char *name; /* normalised: see package.h */
  zip_uint64_t index;
  bool done; /* package_part_used was told of its end */
} entry;

struct package {
  zip_t *archive;
  entry *entries; /* by name */
  size_t count;
  uint64_t inflated; /* bytes of all parts read so far */
  uint64_t done;     /* stored bytes of the entries that are done */
  uint64_t used;     /* said last */
};

struct package_part {
  package *package;
  entry *entry;
  zip_file_t *file;
  const char *name;
  uint64_t stored, inflated, declared; /* declared: the size that the archive's directory gives */
};

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

static entry *find(const package *k, const char *name) {
  size_t low = 0, high = k->count;
  while (*name == '/') name++;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const char *have = k->entries[middle].name;
    size_t i = 0;
    while (have[i] && have[i] == lower(name[i])) i++;
    int order = (unsigned char)have[i] - (unsigned char)lower(name[i]);
    if (order == 0) return &k->entries[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* A name that would be written outside a folder if the archive were unpacked there. */
static bool leads_out(const char *name) {
  if (name[0] == '/' || (name[0] && name[1] == ':')) return true;
  for (const char *at = name; *at;) {
    size_t length = strcspn(at, "/");
    if (length == 2 && at[0] == '.' && at[1] == '.') return true;
    at += length;
    if (*at) at++;
  }
  return false;
}

static bool take_entries(package *k, uint64_t length, problem *p) {
  zip_int64_t count = zip_get_num_entries(k->archive, 0);
  if (count < 0 || count > PACKAGE_ENTRIES_MOST)
    return problem_say(p, "压缩包里的文件超过 %d 个：这不是正常的工作簿",
                       "the archive holds more than %d files: this is no ordinary workbook", PACKAGE_ENTRIES_MOST);
  k->entries = calloc((size_t)count + 1, sizeof *k->entries);
  if (!k->entries) return problem_memory(p);
  uint64_t stored = 0;
  for (zip_int64_t i = 0; i < count; i++) {
    zip_stat_t status;
    const char *name = zip_get_name(k->archive, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
    if (!name || zip_stat_index(k->archive, (zip_uint64_t)i, 0, &status) != 0)
      return problem_say(p, "压缩包的第 %lld 个条目读不出：文件已损坏，请重新导出或传送",
                         "entry %lld of the archive cannot be read: the file is damaged, export or send it again",
                         (long long)i + 1);
    char *copy = strdup(name);
    if (!copy) return problem_memory(p);
    for (char *c = copy; *c; c++) *c = *c == '\\' ? '/' : lower(*c);
    k->entries[k->count++] = (entry){copy, (zip_uint64_t)i, false};
    if (leads_out(copy))
      return problem_say(p, "压缩包里的文件名“%.200s”指向包外：文件可能是恶意的，不予读取",
                         "the name \"%.200s\" in the archive leads out of it: the file may be hostile and is not read",
                         name);
    if ((status.valid & ZIP_STAT_COMP_SIZE) && (stored > length || status.comp_size > length - stored))
      return problem_say(p, "压缩包的条目加起来比文件还大（到“%.200s”为止）：条目重叠，文件已损坏或是恶意的",
                         "the entries of the archive are larger than the file (by \"%.200s\"): they overlap, "
                         "the file is damaged or hostile",
                         name);
    stored += status.comp_size;
  }
  qsort(k->entries, k->count, sizeof *k->entries, by_name);
  for (size_t i = 1; i < k->count; i++)
    if (strcmp(k->entries[i - 1].name, k->entries[i].name) == 0)
      return problem_say(p, "压缩包里的“%.200s”出现了两次：不知道该读哪一个，不予读取",
                         "\"%.200s\" stands twice in the archive: which one is meant is unknown, so it is not read",
                         k->entries[i].name);
  return true;
}

package *package_open(const uint8_t *bytes, uint64_t length, problem *p) {
  package *k = calloc(1, sizeof *k);
  if (!k) {
    problem_memory(p);
    return NULL;
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &error);
  if (source) k->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (!k->archive) {
    problem_say(p, "压缩包打不开（“%s”）：文件不完整或已损坏，请重新导出或传送",
                "the archive cannot be opened (%s): the file is incomplete or damaged, export or send it again",
                zip_error_strerror(&error));
    if (source) zip_source_free(source);
  }
  zip_error_fini(&error);
  if (!k->archive || !take_entries(k, length, p)) {
    package_close(k);
    return NULL;
  }
  return k;
}

void package_close(package *k) {
  if (!k) return;
  for (size_t i = 0; i < k->count; i++) free(k->entries[i].name);
  free(k->entries);
  if (k->archive) zip_discard(k->archive);
  free(k);
}

bool package_has(const package *k, const char *name) {
  return find(k, name) != NULL;
}

package_part *package_part_open(package *k, const char *name, problem *p) {
  entry *e = find(k, name);
  if (!e) {
    problem_say(
        p, "工作簿缺少部件“%.200s”：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
        "the workbook lacks the part \"%.200s\": the file is damaged, open it in Excel or WPS and save it again", name);
    return NULL;
  }
  zip_stat_t status;
  package_part *part = calloc(1, sizeof *part);
  if (!part) {
    problem_memory(p);
    return NULL;
  }
  if (zip_stat_index(k->archive, e->index, 0, &status) == 0 && status.encryption_method != ZIP_EM_NONE)
    problem_say(p, "部件“%.200s”加了密：请去掉密码后重新保存",
                "the part \"%.200s\" is encrypted: save the file without a password", e->name);
  else if (!(part->file = zip_fopen_index(k->archive, e->index, 0)))
    problem_say(p, "部件“%.200s”打不开（“%s”）：请用 Excel 或 WPS 打开后重新保存",
                "the part \"%.200s\" cannot be opened (%s): open the file in Excel or WPS and save it again", e->name,
                zip_strerror(k->archive));
  if (!part->file) {
    free(part);
    return NULL;
  }
  part->package = k;
  part->entry = e;
  part->name = e->name;
  part->stored = status.comp_size;
  part->declared = status.size;
  return part;
}

bool package_part_read(package_part *part, uint8_t *piece, size_t *length, problem *p) {
  zip_int64_t got = zip_fread(part->file, piece, PACKAGE_PIECE);
  if (got < 0)
    return problem_say(p, "部件“%.200s”解压失败（“%s”）：文件已损坏，请重新导出或传送",
                       "the part \"%.200s\" cannot be inflated (%s): the file is damaged, export or send it again",
                       part->name, zip_file_strerror(part->file));
  *length = (size_t)got;
  if (got == 0 && part->inflated != part->declared)
    return problem_say(p,
                       "部件“%.200s”解压后有 %llu 字节，压缩包里写的却是 %llu：文件已损坏或是恶意的，请重新导出或传送",
                       "the part \"%.200s\" inflates to %llu bytes, but the archive says %llu: "
                       "the file is damaged or hostile, export or send it again",
                       part->name, (unsigned long long)part->inflated, (unsigned long long)part->declared);
  part->inflated += *length;
  part->package->inflated += *length;
  bool swollen = part->inflated > PACKAGE_RATIO_FROM && part->inflated / PACKAGE_RATIO_MOST > part->stored;
  if (swollen || part->package->inflated > PACKAGE_TOTAL_MOST)
    return problem_say(
        p,
        "部件“%.200s”解压后大得不正常：可能是压缩炸弹，不予读取；如果不是，请在 Excel 或 WPS 里删去多余的行后重新保存",
        "the part \"%.200s\" inflates out of all proportion: it may be a bomb and is not read; "
        "if it is not, delete needless rows in Excel or WPS and save it again",
        part->name);
  return true;
}

void package_part_used(const package_part *part, const problem *p) {
  const uint64_t kilobytes = part->stored >> 10, all = part->declared;
  package *k = part->package;
  if (part->entry->done || !HONGZHU_HAS(p->io, used) || !p->io->used) return;
  part->entry->done = part->inflated >= all;
  uint64_t used = k->done + (part->entry->done ? part->stored : (kilobytes * part->inflated / all) << 10);
  if (part->entry->done) k->done += part->stored;
  if (used > k->used) k->used = used;
  p->io->used(p->io->host, k->used);
}

void package_part_close(package_part *part) {
  if (!part) return;
  zip_fclose(part->file);
  free(part);
}

bool package_resolve(const char *from, const char *target, char *out, size_t room) {
  char joined[1024];
  const char *slash = strrchr(from, '/');
  int folder = target[0] == '/' || target[0] == '\\' || !slash ? 0 : (int)(slash - from) + 1;
  int needed = snprintf(joined, sizeof joined, "%.*s%s", folder, from, target);
  if (needed < 0 || (size_t)needed >= sizeof joined || (size_t)needed >= room) return false;
  size_t used = 0;
  for (const char *at = joined; *at;) {
    size_t length = strcspn(at, "/\\");
    if (length == 2 && memcmp(at, "..", 2) == 0) {
      if (used == 0) return false;
      used--; /* the slash behind the folder that is left */
      while (used > 0 && out[used - 1] != '/') used--;
    } else if (length > 0 && !(length == 1 && at[0] == '.')) {
      memcpy(out + used, at, length);
      used += length;
      if (at[length]) out[used++] = '/';
    }
    at += length;
    if (*at) at++;
  }
  out[used] = '\0';
  return used > 0;
}
