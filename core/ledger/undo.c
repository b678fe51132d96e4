/* Undo: an import that closes what another opened and opens copies of what it closed.
 *
 * With the later ones each is undone by an import of its own, the newest first, all in one transaction. Without, the
 * same is done and rolled back, so that the fault names every import that would have to go. */
#include "ledger/rests.h"

#include <stdlib.h>

typedef struct undone_list {
  arena *memory;
  int64_t *ids;
  size_t count, capacity;
} undone_list;

static bool may_undo(ledger *l, int64_t target, arena *a, faults *problems) {
  import_row *rows;
  size_t before = problems->errors;
  size_t count = import_rows(l, a, &rows, problems);
  if (problems->errors > before) return false;
  if (target < 1 || target > (int64_t)count) {
    fault_add(problems, NOWHERE, "ledger \"%s\" has no import %lld", "台账“%s”中没有第 %lld 次导入", l->path,
              (long long)target);
    return fault_next(problems, "see: hongzhu log", "请运行 hongzhu log 查看");
  }
  int64_t by = rows[target - 1].undone_by;
  if (rows[target - 1].head.kind == IMPORT_REGISTER) {
    fault_add(problems, NOWHERE, "import %lld cannot be undone: numbers that were given out stay given out",
              "第 %lld 次导入不能撤销：已发出的编号不能收回", (long long)target);
    return fault_next(problems, "what should not hold is revoked: hongzhu certificate revoke NUMBER --reason TEXT",
                      "失效的编号应予注销：hongzhu certificate revoke 编号 --reason 原因");
  }
  if (by == 0) return true;
  fault_add(problems, NOWHERE, "import %lld is undone already, by import %lld", "第 %lld 次导入已被第 %lld 次导入撤销",
            (long long)target, (long long)by);
  return fault_next(problems, "to have it back, undo import %lld", "如需恢复，请撤销第 %lld 次导入", (long long)by);
}

static bool undo_alone(const undoing *u, const import *head, faults *problems) {
  importing *i = import_begin(u->of, head, true, problems);
  bool good = i != NULL;
  for (size_t k = 0; k < u->to_close_count && good; k++) good = ledger_close_fact(i, u->to_close[k], problems);
  for (size_t k = 0; k < u->to_open_count && good; k++) {
    fact copy = u->to_open[k];
    int64_t origin = copy.id, id = ledger_put(i, &copy, problems);
    good = id != 0 && import_copy(i, id, origin, problems);
  }
  if (good) return ledger_commit(i, false, NULL, problems);
  ledger_abandon(i);
  return false;
}

static int64_t newest_of(const bool *marks, size_t count) {
  while (count > 0 && !marks[count - 1]) count--;
  return (int64_t)count;
}

/* Bringing back may need what is not there, or meet what is. */
static bool may_bring_back(const undoing *u, const rest_marks *marks, faults *problems) {
  int64_t missing = newest_of(marks->missing, u->import_count), rival = newest_of(marks->rivals, u->import_count);
  if (missing != 0) {
    long long by = (long long)u->imports[missing - 1].undone_by;
    fault_add(problems, NOWHERE,
              "import %lld cannot be undone now: what it would bring back rests on import %lld, which is undone",
              "现在不能撤销第 %lld 次导入：它要恢复的内容依赖已被撤销的第 %lld 次导入", (long long)u->target,
              (long long)missing);
    return fault_next(problems, "undo import %lld first", "请先撤销第 %lld 次导入", by);
  }
  if (rival == 0) return true;
  return fault_add(problems, NOWHERE,
                   "import %lld cannot be undone now: what it would bring back is already there, from import %lld",
                   "现在不能撤销第 %lld 次导入：它要恢复的内容已由第 %lld 次导入提供", (long long)u->target,
                   (long long)rival);
}

/* First what rests on it, the newest first. Each step takes an import out of effect and none back: it ends. */
static bool undo_with(ledger *l, int64_t target, const import *head, undone_list *done, faults *problems) {
  for (;;) {
    arena *a = arena_new();
    undoing u;
    bool good = undoing_read(l, target, a, &u, problems);
    rest_marks marks = {NULL, NULL, NULL};
    good = good && undoing_rests(&u, &marks, problems);
    int64_t newest = good ? newest_of(marks.rests, u.import_count) : 0;
    good = good && (newest != 0 || may_bring_back(&u, &marks, problems));
    bool alone = good && newest == 0;
    if (alone) {
import one = * head;
      one.undoes = target;
      good = undo_alone(&u, &one, problems);
      *ARENA_PUSH(done->memory, done->ids, done->count, done->capacity) = target;
    }
    arena_free(a);
    if (!good || alone) return good;
    if (!undo_with(l, newest, head, done, problems)) return false;
  }
}

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

/* The list ends with the target itself. */
static bool resting_fault(undone_list *done, int64_t target, faults *problems) {
  done->count--;
  qsort(done->ids, done->count, sizeof *done->ids, by_number);
  buffer names = {0};
  for (size_t k = 0; k < done->count; k++) buffer_format(&names, "%s%lld", k == 0 ? "" : ", ", (long long)done->ids[k]);
  fault_add(problems, NOWHERE, "import %lld cannot be undone alone: imports resting on it: %s",
            "第 %lld 次导入不能单独撤销：依赖它的导入有 %s", (long long)target, names.at);
  buffer_free(&names);
  return fault_next(problems, "undo them too, with: hongzhu undo %lld --with-later",
                    "如需一并撤销，请运行 hongzhu undo %lld --with-later", (long long)target);
}

bool ledger_undo(ledger *l, int64_t target, bool with_later, const char *who, const char *at, bool keep_nothing,
                 arena *a, int64_t **undone, size_t *undone_count, faults *problems) {
  *undone = NULL;
  *undone_count = 0;
  if (!store_can_write(l, problems) || !may_undo(l, target, a, problems) || !store_run(l, "BEGIN IMMEDIATE", problems))
    return false;
  const import head = {.kind = IMPORT_UNDO, .who = who, .at = at};
  undone_list done = {.memory = a};
  bool good = undo_with(l, target, &head, &done, problems);
  bool refused = good && !with_later && done.count > 1;
  if (refused) good = resting_fault(&done, target, problems);
  if (good && !keep_nothing) { good = store_run(l, "COMMIT", problems); }
  if (sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "ROLLBACK", NULL, NULL, NULL);
  if (good || refused) {
    *undone = done.ids;
    *undone_count = done.count;
  }
  return good;
}
