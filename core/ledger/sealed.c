#include "ledger/sealed.h"

static const struct {
  const char *last, *all;
} queries[] = {
    [SEALED_IMAGE] = {"SELECT seal FROM image ORDER BY id DESC LIMIT 1", "SELECT id, seal FROM image ORDER BY id"},
    [SEALED_BINDING] = {"SELECT seal FROM binding ORDER BY id DESC LIMIT 1",
                        "SELECT id, seal FROM binding ORDER BY id"},
    [SEALED_ISSUE] = {"SELECT seal FROM issue ORDER BY id DESC LIMIT 1", "SELECT id, seal FROM issue ORDER BY id"},
};

bool sealed_next(ledger *l, sealed_table table, const buffer *row, digest *seal, faults *problems) {
  sqlite3_stmt *s = store_prepare(l, queries[table].last, problems);
  if (s == NULL) return false;
  bool failed = false;
  digest before = {{0}};
  if (store_step(l, s, &failed, problems)) before = store_digest(s, 0);
  sqlite3_finalize(s);
  *seal = store_seal(&before, row);
  return !failed;
}

sealed_check sealed_begin(ledger *l, sealed_table table, faults *problems) {
  return (sealed_check){
      .of = l, .table = table, .problems = problems, .seals = store_prepare(l, queries[table].all, problems)};
}

void sealed_row(sealed_check *check, const buffer *row) {
  bool failed = false;
  if (check->seals == NULL || !store_step(check->of, check->seals, &failed, check->problems)) return;
  digest seal = store_digest(check->seals, 1);
  bool numbered = sqlite3_column_int64(check->seals, 0) == ++check->rows;
  if (!numbered || !digest_same(seal, store_seal(&check->before, row))) {
    long long id = (long long)sqlite3_column_int64(check->seals, 0);
    switch (check->table) {
    case SEALED_IMAGE:
      fault_add(check->problems, NOWHERE, "the entry of pack image %lld was changed, or one before it is missing",
                "第 %lld 个规则包映像的登记被改动，或其前一条登记缺失", id);
      break;
    case SEALED_BINDING:
      fault_add(check->problems, NOWHERE, "binding %lld was changed, or one before it is missing",
                "第 %lld 条规则包生效登记被改动，或其前一条登记缺失", id);
      break;
    case SEALED_ISSUE:
      fault_add(check->problems, NOWHERE, "the entry of issued report %lld was changed, or one before it is missing",
                "第 %lld 份已发布报告的登记被改动，或其前一条登记缺失", id);
      break;
    }
  }
  check->before = seal;
}

void sealed_end(sealed_check *check) {
  sqlite3_finalize(check->seals);
  check->seals = NULL;
}
