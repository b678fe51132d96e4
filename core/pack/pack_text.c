/* Reading a pack's folder, and through `extends` those of the packs below it (image.h). */
#include "base/program.h"
#include "base/system.h"
#include "pack/image.h"
#include "pack/source_lines.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MOST   2000
#define FILE_MOST    ((size_t)4 << 20)
#define TEXT_MOST    ((size_t)32 << 20)
#define DEPTH_MOST   8 /* of folders in a pack */
#define EXTENDS_MOST 8

typedef struct gathering {
  arena *memory;
  faults *problems;
  const char *id;
  json_t *files; /* of all packs */
  size_t total;
} gathering;

static bool refuse(gathering *g, const char *path, const char *en, const char *zh) {
  return fault_add(g->problems, (place){.file = path}, "%s%.0s", "%.0s%s", en, zh);
}

static bool system_fault(faults *problems, const char *path, int error) {
  if (error == ENOMEM) memory_exhausted();
  return fault_add(problems, (place){.file = path}, "cannot be read: %s%.0s", "无法读取：%.0s%s", SYSTEM_WORDS(error));
}

/* One file as text: UTF-8, a byte order mark left out. NULL with a fault. */
static char *read_text(gathering *g, int folder, const char *name, const char *shown) {
  int descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) {
    system_fault(g->problems, shown, errno);
    return NULL;
  }
  struct stat status;
  char *text = NULL;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    refuse(g, shown, "a pack consists of plain files", "规则包只能由普通文件组成");
  } else if (status.st_size > (off_t)FILE_MOST || (g->total += (size_t)status.st_size) > TEXT_MOST) {
    refuse(g, shown, "the file is too large for a part of a pack", "文件过大，不能作为规则包的一部分");
  } else {
    size_t size = (size_t)status.st_size, filled = 0;
    text = arena_take(g->memory, size + 1);
    ssize_t count = 1;
    while (filled < size && (count = read(descriptor, text + filled, size - filled)) != 0) {
      if (count > 0) filled += (size_t)count;
      if (count < 0 && errno != EINTR) break;
    }
    if (count < 0) {
      system_fault(g->problems, shown, errno);
      text = NULL;
    } else if (!text_is_utf8(text, filled)) {
      refuse(g, shown, "the file is not UTF-8 text", "文件不是 UTF-8 文本");
      fault_next(g->problems, "save it as UTF-8 in your editor", "请在编辑器中另存为 UTF-8 编码");
      text = NULL;
    } else if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) {
      text += 3;
    }
  }
  close(descriptor);
  return text;
}

static bool is_lua(const char *name) {
  size_t length = strlen(name);
  return length > 4 && strcmp(name + length - 4, ".lua") == 0;
}

/* Takes the .lua files of an open folder; `inner` is the way from the pack's folder, "" or "rules/". Closes it. */
static bool gather(gathering *g, int folder, const char *inner, int depth) {
  DIR *listing = fdopendir(folder);
  if (!listing) {
    close(folder);
    return system_fault(g->problems, g->id, errno);
  }
  bool good = true;
  struct dirent *entry;
  while (good && (entry = readdir(listing)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    struct stat status;
    if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    char *path = arena_format(g->memory, "%s%s", inner, entry->d_name);
    char *name = arena_format(g->memory, "%s/%s", g->id, path);
    if (S_ISDIR(status.st_mode) && depth < DEPTH_MOST) {
      int below = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
      if (below < 0) {
        good = system_fault(g->problems, name, errno);
      } else {
        good = gather(g, below, arena_format(g->memory, "%s/", path), depth + 1);
      }
    } else if (is_lua(entry->d_name)) {
      if (!text_is_utf8(name, strlen(name)) || text_width(name) > 200 || strpbrk(name, "\n\r\t:")) {
        good = refuse(g, g->id, "a file's name is not plain text", "有文件名不是普通文本");
      } else if (json_object_size(g->files) >= FILES_MOST) {
        good = refuse(g, name, "the pack has too many files", "规则包的文件过多");
      } else {
        char *text = read_text(g, folder, entry->d_name, name);
        good = text != NULL;
        if (good) json_object_set_new(g->files, name, json_string(text));
      }
    }
  }
  closedir(listing);
  return good;
}

/* ---- extends ---- */

static bool good_id(const char *id) {
  if (!(id[0] >= 'a' && id[0] <= 'z')) return false;
  return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(id) && strlen(id) <= 64;
}

static bool has_pack(arena *a, const char *folder) {
  return access(arena_format(a, "%s/pack.lua", folder), F_OK) == 0;
}

/* The folders in which packs are looked for by id: those of HONGZHU_PACKS, then the one that comes with the program. */
static size_t search_folders(arena *a, const char ***out) {
  const char **list = NULL;
  size_t count = 0, capacity = 0;
  const char *folders = getenv("HONGZHU_PACKS");
  while (folders && *folders) {
    size_t length = strcspn(folders, ":");
    if (length) *ARENA_PUSH(a, list, count, capacity) = arena_text_of(a, folders, length);
    folders += length + (folders[length] == ':');
  }
  const char *scripts = program_scripts(a);
  if (scripts) *ARENA_PUSH(a, list, count, capacity) = arena_format(a, "%s/regions", scripts);
  *out = list;
  return count;
}

/* The folder of pack `id` beside the folder given (NULL: none) or where packs are looked for; else NULL. */
static char *find_folder(arena *a, const char *beside, const char *id) {
  char *resolved = beside ? realpath(beside, NULL) : NULL;
  if (resolved) {
    char *slash = strrchr(resolved, '/');
    if (slash) *slash = '\0';
    char *candidate = arena_format(a, "%s/%s", resolved, id);
    free(resolved);
    if (has_pack(a, candidate)) return candidate;
  }
  const char **folders;
  size_t count = search_folders(a, &folders);
  for (size_t i = 0; i < count; i++) {
    char *candidate = arena_format(a, "%s/%s", folders[i], id);
    if (has_pack(a, candidate)) return candidate;
  }
  return NULL;
}

static int compare_texts(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

size_t pack_folders(arena *a, const char ***ids, const char ***folders) {
  size_t count = 0, ids_capacity = 0, folders_capacity = 0, same;
  const char **searched;
  size_t searched_count = search_folders(a, &searched);
  *ids = *folders = NULL;
  for (size_t i = 0; i < searched_count; i++) {
    DIR *listing = opendir(searched[i]);
    const char **names = NULL;
    size_t names_count = 0, names_capacity = 0;
    struct dirent *entry;
    while (listing && (entry = readdir(listing)) != NULL) {
      if (!good_id(entry->d_name) || !has_pack(a, arena_format(a, "%s/%s", searched[i], entry->d_name))) continue;
      *ARENA_PUSH(a, names, names_count, names_capacity) = arena_text(a, entry->d_name);
    }
    if (listing) closedir(listing);
    if (names_count) qsort(names, names_count, sizeof *names, compare_texts);
    for (size_t j = 0; j < names_count; j++) {
      for (same = 0; same < count && strcmp((*ids)[same], names[j]) != 0; same++) continue;
      if (same < count) continue;
      size_t before = count;
      *ARENA_PUSH(a, *ids, count, ids_capacity) = names[j];
      *ARENA_PUSH(a, *folders, before, folders_capacity) = arena_format(a, "%s/%s", searched[i], names[j]);
    }
  }
  return count;
}

const char *pack_folder_find(arena *a, const char *given, faults *problems) {
  struct stat status;
  if (stat(given, &status) == 0 && S_ISDIR(status.st_mode)) return arena_text(a, given);
  bool id = good_id(given);
  const char *found = id ? find_folder(a, NULL, given) : NULL;
  if (found) return found;
  const char **ids, **folders;
  size_t count = pack_folders(a, &ids, &folders);
  fault_add(problems, NOWHERE, "there is no pack \"%s\": neither a folder nor a known id",
            "没有规则包“%s”：既不是文件夹，也不是已知的 id", given);
  const char *near = id ? text_nearest(given, ids, count) : NULL;
  if (near) {
    fault_next(problems, "did you mean \"%s\"?", "是否想写“%s”？", near);
  } else {
    fault_next(problems, "see what there is with: hongzhu pack list", "查看已有的规则包：hongzhu pack list");
  }
  return NULL;
}

/* Reads id and extends where they stand in pack.lua: both must be plain texts, for nothing has run yet. */
static bool read_head(arena *a, const char *folder, const char *shown, const char **id, const char **extends,
                      faults *problems) {
  gathering g = {.memory = a, .problems = problems, .id = shown};
  int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    system_fault(problems, folder, errno);
    return fault_next(problems, "name the folder that has the pack's pack.lua", "请给出包含 pack.lua 的规则包文件夹");
  }
  char *text = NULL;
  if (faccessat(descriptor, "pack.lua", F_OK, 0) == 0) {
    text = read_text(&g, descriptor, "pack.lua", arena_format(a, "%s/pack.lua", shown));
  } else {
    fault_add(problems, (place){.file = folder}, "the folder has no pack.lua", "文件夹中没有 pack.lua");
    fault_next(problems, "name the folder of a pack, or make one with hongzhu pack new",
               "请给出规则包的文件夹，或用 hongzhu pack new 新建");
  }
  close(descriptor);
  if (!text) return false;
  const char **texts = NULL;
  int line = 0;
  place where = {.file = arena_format(a, "%s/pack.lua", shown)};
  if (source_literals(a, text, "pack", "id", &texts, &line) != 1 || !good_id(texts[0])) {
    where.line = line;
    fault_add(problems, where,
              "the pack's id is missing or not written as a plain text of lower-case letters, digits and _",
              "缺少规则包的 id，或 id 不是由小写字母、数字和下划线组成的文本");
    return fault_next(problems, "write id = \"my_region\" in pack { … }", "请在 pack { … } 中写 id = \"my_region\"");
  }
  *id = texts[0];
  size_t count = source_literals(a, text, "pack", "extends", &texts, &line);
  *extends = count ? texts[0] : NULL;
  if (count > 1 || (count == 1 && !good_id(texts[0]))) {
    where.line = line;
    return fault_add(problems, where, "a pack extends one pack, named by its id", "规则包只能扩展一个规则包，写其 id");
  }
  return true;
}

bool pack_text_read(arena *a, const char *folder, pack_text *out, faults *problems) {
  *out = (pack_text){.files = json_object(), .order = json_array(), .folder = arena_text(a, folder)};
  const char *here = folder, *wanted = NULL, *child = NULL;
  size_t errors = problems->errors;
  while (here) {
    const char *id = NULL, *extends = NULL;
    if (!read_head(a, here, wanted ? wanted : folder, &id, &extends, problems)) break;
    if (wanted && strcmp(id, wanted) != 0) {
      fault_add(problems, (place){.file = here}, "the folder \"%s\" holds the pack \"%s\"", "文件夹“%s”中是规则包“%s”",
                wanted, id);
      fault_next(problems, "a pack that others extend stands in a folder of its own id",
                 "被扩展的规则包应放在与其 id 同名的文件夹中");
      break;
    }
    for (size_t i = 0; i < json_array_size(out->order); i++) {
      if (strcmp(json_string_value(json_array_get(out->order, i)), id) != 0) continue;
      fault_add(problems, (place){.file = here}, "pack \"%s\" extends itself by way of others",
                "规则包“%s”经由其他规则包扩展了自己", id);
      here = NULL;
      break;
    }
    if (!here) break;
    if (json_array_size(out->order) >= EXTENDS_MOST) {
      fault_add(problems, (place){.file = here}, "more than %d packs extend each other", "相互扩展的规则包超过 %d 个",
                EXTENDS_MOST);
      break;
    }
    json_array_insert_new(out->order, 0, json_string(id));
    gathering g = {.memory = a, .problems = problems, .id = id, .files = out->files};
    int descriptor = open(here, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || !gather(&g, descriptor, "", 0)) {
      if (descriptor < 0) system_fault(problems, here, errno);
      break;
    }
    child = id;
    wanted = extends;
    if (!extends) break;
    here = find_folder(a, here, extends);
    if (!here) {
      fault_add(problems, (place){.file = arena_format(a, "%s/pack.lua", child)},
                "pack \"%s\", which it extends, is not found", "找不到它所扩展的规则包“%s”", extends);
      const char **ids, **folders;
      size_t count = pack_folders(a, &ids, &folders);
      const char *near = text_nearest(extends, ids, count);
      if (near) {
        fault_next(problems, "did you mean \"%s\"?", "是否想写“%s”？", near);
      } else {
        fault_next(problems, "put it beside this pack's folder, or name its parent folder in HONGZHU_PACKS",
                   "请将其放在本规则包文件夹旁边，或在 HONGZHU_PACKS 中给出其上级文件夹");
      }
    }
  }
  if (problems->errors == errors) return true;
  json_decref(out->files);
  json_decref(out->order);
  *out = (pack_text){0};
  return false;
}
