/* doctor_ledger: the ledger as files, as a database, and the place where it lies. */
#include "base/system.h"
#include "ledger/health.h"
#include "task/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MEGABYTE 1048576

static const said ledger_words = {{"台账", "ledger"}}, key_words = {{"证件号密钥", "key of ID numbers"}},
                  files_words = {{"原始文件", "kept files"}}, folder_words = {{"所在文件夹", "folder"}},
                  subjects_words = {{"主体文件", "subject file"}}, integrity_words = {{"完整性", "integrity"}},
                  room_words = {{"磁盘空间", "free space"}}, stray_words = {{"遗留文件", "stray files"}},
                  pack_words = {{"启用的规则包", "pack in force"}};

static const char *folder_of(arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? "." : slash == path ? "/" : arena_text_of(a, path, (size_t)(slash - path));
}

/* ---- files beside the ledger ---- */

typedef struct beside {
  const char *ending, *id;
  said what;
  mode_t mode;
  bool folder, needed;
  const char *en, *zh; /* what is lost without it */
} beside;

static const beside files[] = {
    {"", "ledger_file", {{"台账文件", "ledger's file"}}, 0600, false, true, "", ""},
    {".key",
     "key",
     {{"证件号密钥", "key of ID numbers"}},
     0600,
     false,
     true,
     "no file with ID numbers can be imported until it is back: bring it from where it is kept",
     "取回之前不能导入带身份证号的文件：请从保管处取回"},
    {".files",
     "files",
     {{"原始文件", "kept files"}},
     0700,
     true,
     true,
     "nothing can be written and no figure taken back to its rows: bring it back from the backup",
     "无法写入，指标也无法追溯到原始行：请从备份中恢复"},
    {".access", "access", {{"查看登记", "access log"}}, 0600, false, false, "", ""},
    {".subjects", "subjects_file", {{"主体文件", "subject file"}}, 0600, false, false, "", ""},
};

static void missing(findings *to, const beside *b, const char *path) {
  if (!b->needed) return;
  finding *f = finding_add(to, FINDING_PROBLEM, b->id, b->what, "\"%s\" is missing", "缺少“%s”", path);
  finding_next(to, f, "%s%.0s", "%.0s%s", b->en, b->zh);
}

static void look_beside(findings *to, const char *path_of, const beside *b) {
  struct stat about;
  const char *path = arena_format(to->memory, "%s%s", path_of, b->ending);
  if (lstat(path, &about) != 0) {
    missing(to, b, path);
    return;
  }
  if (b->ending[0] == '\0' && S_ISLNK(about.st_mode) && stat(path, &about) != 0) return; /* said by opening it */
  if (b->folder ? !S_ISDIR(about.st_mode) : !S_ISREG(about.st_mode)) {
    finding *f = finding_add(to, FINDING_PROBLEM, b->id, b->what, "\"%s\" is no %s%.0s", "“%s”不是%.0s%s", path,
                             b->folder ? "folder" : "regular file", b->folder ? "文件夹" : "普通文件");
    finding_next(to, f, "move it away", "请把它移走");
  } else if ((about.st_mode & 077) != 0) {
    finding *f = finding_add(to, FINDING_PROBLEM, b->id, b->what, "other users may get at \"%s\": its mode is %03o",
                             "其他用户可以访问“%s”：权限为 %03o", path, (unsigned)(about.st_mode & 0777));
    finding_next(to, f, "chmod %o '%s'", "chmod %o '%s'", (unsigned)b->mode, path);
  } else if (about.st_uid != geteuid() && geteuid() != 0) {
    finding_add(to, FINDING_NOTICE, b->id, b->what, "\"%s\" belongs to another user", "“%s”属于另一个用户", path);
  } else {
    finding_add(to, FINDING_FINE, b->id, b->what, "\"%s\", for its owner alone (%03o)", "“%s”，仅所有者可用（%03o）",
                path, (unsigned)(about.st_mode & 0777));
  }
}

/* ---- the database ---- */

static void look_inside(const doctor_request *request, findings *to, ledger *l) {
  char chain[DIGEST_TEXT];
  int64_t last = ledger_last(l);
  faults *found = faults_new(to->memory);
  digest_text(ledger_chain(l, last), chain);
  bool whole = request->deep ? ledger_verify(l, request->progress, request->context, found)
                             : health_quick_check(l, found) && health_schema(l, found) && found->errors == 0;
  finding_faults(to, "integrity", integrity_words, FINDING_PROBLEM, found);
  if (whole && request->deep)
    finding_add(to, FINDING_FINE, "integrity", integrity_words,
                "everything stored is as it was: imports %lld, chain %.16s", "所存内容完好：导入 %lld 次，链 %.16s",
                (long long)last, chain);
  else if (whole)
    finding_add(to, FINDING_FINE, "integrity", integrity_words,
                "the database is sound: imports %lld, chain %.16s; its content is checked by --deep or verify",
                "数据库结构完好：导入 %lld 次，链 %.16s；核对内容请用 --deep 或 verify", (long long)last, chain);
}

static void look_at_key(findings *to, ledger *l) {
  faults *found = faults_new(to->memory);
  if (access(arena_format(to->memory, "%s.key", ledger_path(l)), F_OK) != 0) return; /* said already */
  if (ledger_id_key(l, found) == NULL) finding_faults(to, "key", key_words, FINDING_PROBLEM, found);
}

static void look_at_kept(findings *to, ledger *l) {
  size_t named, gone;
  faults *found = faults_new(to->memory);
  if (access(arena_format(to->memory, "%s.files", ledger_path(l)), F_OK) != 0) return;
  gone = health_kept_missing(l, &named, found);
  if (gone == 0) return;
  finding *f = finding_add(to, FINDING_PROBLEM, "kept", files_words, "%zu of %zu are missing",
                           "缺少 %zu 个（共 %zu 个）", gone, named);
  finding_next(to, f, "hongzhu verify names them; bring them back from the backup",
               "hongzhu verify 会列出是哪些；请从备份中恢复");
}

static void look_at_subjects(findings *to, ledger *l) {
  static const said states[] = {
      [SUBJECTS_NONE] = {{"没有，需要时自动生成", "there is none; it is made when it is needed"}},
      [SUBJECTS_FIT] = {{"与台账一致", "it fits the ledger"}},
      [SUBJECTS_STALE] = {{"落后于台账，需要时自动重建",
                           "it is older than the ledger; it is made again when it is needed"}},
      [SUBJECTS_DAMAGED] = {{"无法使用，需要时自动重建", "it cannot be used; it is made again when it is needed"}}};
  subjects_state state = health_subjects(l);
  finding_add(to, state == SUBJECTS_DAMAGED ? FINDING_NOTICE : FINDING_FINE, "subjects", subjects_words, "%s%.0s",
              "%.0s%s", states[state].in[LANGUAGE_EN], states[state].in[LANGUAGE_ZH]);
}

static void look_at_pack(findings *to, ledger *l) {
  binding *rows;
  image_row image;
  faults *found = faults_new(to->memory);
  size_t count = ledger_bindings(l, to->memory, &rows, found);
  if (count == 0) {
    finding *f = finding_add(to, FINDING_NOTICE, "pack", pack_words, "no pack was put to use", "尚未启用规则包");
    finding_next(to, f, "hongzhu pack use FOLDER", "hongzhu pack use 文件夹");
    return;
  }
  if (!ledger_image(l, rows[count - 1].image, to->memory, &image, found)) {
    finding_faults(to, "pack", pack_words, FINDING_PROBLEM, found);
    return;
  }
  char from[11];
  day_write(rows[count - 1].from, from);
  finding_add(to, FINDING_FINE, "pack", pack_words, "\"%s\" %s, put to use last, rules from %s",
              "最近启用“%s” %s，自 %s 起", image.pack, image.version, from);
}

/* ---- the place ---- */

static void look_at_folder(findings *to, const char *path_of) {
  const char *folder = folder_of(to->memory, path_of);
  struct statvfs room;
  struct stat about;
  if (access(folder, W_OK) != 0) {
    int why = errno;
    finding *f = finding_add(to, FINDING_NOTICE, "folder", folder_words,
                             "\"%s\" cannot be written (%s%.0s): the ledger can be read, and nothing unmasked is shown",
                             "“%s”不可写（%.0s%s）：台账只能读，也不显示未遮蔽的内容", folder, SYSTEM_WORDS(why));
    finding_next(to, f, "give the user the right to write there, if more is wanted",
                 "如需写入，请赋予该文件夹的写权限");
  }
  if (access(path_of, F_OK) == 0 && access(folder, W_OK) == 0 && access(path_of, W_OK) != 0) {
    int why = errno;
    finding *f =
        finding_add(to, FINDING_NOTICE, "folder", folder_words, "\"%s\" cannot be written (%s%.0s): it can be read",
                    "“%s”不可写（%.0s%s）：只能读", path_of, SYSTEM_WORDS(why));
    finding_next(to, f, "give the user the right to write it, if more is wanted", "如需写入，请赋予该文件的写权限");
  }
  if (statvfs(folder, &room) != 0) return;
  uint64_t block = room.f_frsize, rest = room.f_bavail * block / MEGABYTE;
  uint64_t size = stat(path_of, &about) == 0 ? (uint64_t)about.st_size / MEGABYTE : 0;
  finding_state state = rest < 16 ? FINDING_PROBLEM : rest < size + 256 ? FINDING_NOTICE : FINDING_FINE;
  finding *f = finding_add(to, state, "room", room_words, "%llu MiB in \"%s\"", "%llu MiB（“%s”）",
                           (unsigned long long)rest, folder);
  if (state != FINDING_FINE)
    finding_next(to, f, "make room: imports, evaluation and backup need about as much as the ledger has, %llu MiB",
                 "请腾出空间：导入、判定和备份大约需要与台账相同的空间，即 %llu MiB", (unsigned long long)size);
}

/* What a killed process may leave. All of it is used again or taken away by the next command, or may be deleted. */
static size_t strays_in(findings *to, const char *folder, const char *const *patterns, size_t count,
                        const char **first) {
  DIR *all = opendir(folder);
  size_t found = 0;
  for (struct dirent *one; all != NULL && (one = readdir(all)) != NULL;) {
    for (size_t i = 0; i < count; i++) {
      if (fnmatch(patterns[i], one->d_name, FNM_PERIOD) != 0) continue;
      const char *path = strcmp(folder, ".") == 0 ? arena_text(to->memory, one->d_name)
                                                  : arena_format(to->memory, "%s/%s", folder, one->d_name);
      if (*first == NULL || strcmp(path, *first) < 0) *first = path;
      found++;
      break;
    }
  }
  if (all != NULL) closedir(all);
  return found;
}

static void look_for_strays(findings *to, const char *path_of, bool being_written) {
  const char *first = NULL, *slash = strrchr(path_of, '/'), *name = slash == NULL ? path_of : slash + 1;
  const char *const beside_it[] = {".report-??????", arena_format(to->memory, "%s.subjects.new", name),
                                   ".backup-??????", ".restore-??????"};
  static const char *const within[] = {"coming", "coming-*"};
  if (being_written) {
    finding_add(to, FINDING_FINE, "stray", stray_words, "a command is writing this ledger now: not looked for",
                "有命令正在写入本台账：未查找");
    return;
  }
  size_t count = strays_in(to, folder_of(to->memory, path_of), beside_it, sizeof beside_it / sizeof *beside_it, &first);
  count += strays_in(to, arena_format(to->memory, "%s.files", path_of), within, 2, &first);
  if (count == 0) return;
  finding *f = finding_add(to, FINDING_NOTICE, "stray", stray_words, "%zu left by killed commands, such as \"%s\"",
                           "有 %zu 个由被中断的命令留下，如“%s”", count, first);
  finding_next(to, f, "they are of no use and may be deleted while no command runs",
               "它们没有用处，在没有命令运行时可以删除");
}

static bool is_there(findings *to, const char *path) {
  struct stat about;
  if (lstat(path, &about) == 0) return true;
  finding *f = errno == ENOENT || errno == ENOTDIR
                   ? finding_add(to, FINDING_NOTICE, "ledger", ledger_words, "there is no \"%s\"", "没有“%s”", path)
                   : finding_add(to, FINDING_PROBLEM, "ledger", ledger_words, "\"%s\" cannot be reached: %s%.0s",
                                 "无法访问“%s”：%.0s%s", path, SYSTEM_WORDS(errno));
  finding_next(to, f, "make one with: hongzhu init; or name another with --ledger",
               "请用 hongzhu init 新建，或用 --ledger 指定另一个台账");
  return false;
}

void doctor_ledger(const doctor_request *request, findings *out) {
  const char *path = request->ledger;
  bool there = is_there(out, path);
  if (there) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) look_beside(out, path, &files[i]);
    faults *found = faults_new(out->memory);
    ledger *l = ledger_open(path, LEDGER_READ, found);
    finding_faults(out, "ledger", ledger_words, FINDING_PROBLEM, found);
    bool being_written = l != NULL && health_being_written(l);
    if (l != NULL) {
      finding_add(out, FINDING_FINE, "ledger", ledger_words, "\"%s\", format %lld%s%.0s", "“%s”，格式 %lld%.0s%s", path,
                  (long long)health_format_of(l), being_written ? ", being written now" : "",
                  being_written ? "，正在写入" : "");
      look_at_key(out, l);
      look_at_kept(out, l);
      look_at_pack(out, l);
      look_at_subjects(out, l);
      look_inside(request, out, l);
    }
    ledger_close(l);
    look_for_strays(out, path, being_written);
  }
  look_at_folder(out, path);
}
