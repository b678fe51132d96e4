#include "ledger/head.h"

#include "ledger/store.h"

#include <stdio.h>
#include <string.h>

enum { CHAINS = 4 };

static const struct {
  const char *count, *link; /* the n-th link in the order of numbers */
  said name;
} chains[CHAINS] = {
    {"SELECT count(*) FROM import", "SELECT chain FROM import ORDER BY id LIMIT 1 OFFSET ?", {{"导入", "imports"}}},
    {"SELECT count(*) FROM image",
     "SELECT seal FROM image ORDER BY id LIMIT 1 OFFSET ?",
     {{"规则包映像", "pack images"}}},
    {"SELECT count(*) FROM binding",
     "SELECT seal FROM binding ORDER BY id LIMIT 1 OFFSET ?",
     {{"规则包生效登记", "bindings"}}},
    {"SELECT count(*) FROM issue",
     "SELECT seal FROM issue ORDER BY id LIMIT 1 OFFSET ?",
     {{"已发布的报告", "issued reports"}}},
};

typedef struct head {
  int64_t counts[CHAINS];
  digest links;
} head;

/* The links that the ledger has now at the ends of chains of these lengths. */
static bool links_at(ledger *l, const int64_t counts[CHAINS], digest *out, faults *problems) {
  arena *a = arena_new();
  digest_stream *stream = digest_begin(a);
  bool good = true;
  for (int i = 0; good && i < CHAINS; i++) {
    digest link = {{0}};
    digest_add_integer(stream, counts[i]);
    bool failed = false;
    sqlite3_stmt *s = counts[i] == 0 ? NULL : store_prepare(l, chains[i].link, problems);
    if (s != NULL) {
      sqlite3_bind_int64(s, 1, counts[i] - 1);
      if (store_step(l, s, &failed, problems)) link = store_digest(s, 0);
      sqlite3_finalize(s);
    }
    good = !failed && (s != NULL || counts[i] == 0);
    digest_add(stream, link.bytes, sizeof link.bytes);
  }
  *out = digest_end(stream);
  arena_free(a);
  return good;
}

static void counts_now(ledger *l, int64_t counts[CHAINS]) {
  for (int i = 0; i < CHAINS; i++) counts[i] = store_number(l, chains[i].count, 0, 0);
}

char *ledger_head(ledger *l, arena *a, faults *problems) {
  head now;
  counts_now(l, now.counts);
  if (!links_at(l, now.counts, &now.links, problems)) return NULL;
  char digits[DIGEST_TEXT];
  digest_text(now.links, digits);
  return arena_format(a, "%lld.%lld.%lld.%lld-%s", (long long)now.counts[0], (long long)now.counts[1],
                      (long long)now.counts[2], (long long)now.counts[3], digits);
}

static bool head_read(const char *text, head *out) {
  long long counts[CHAINS];
  int used = 0;
  if (sscanf(text, "%18lld.%18lld.%18lld.%18lld-%n", &counts[0], &counts[1], &counts[2], &counts[3], &used) != CHAINS)
    return false;
  for (int i = 0; i < CHAINS; i++) {
    if (counts[i] < 0) return false;
    out->counts[i] = counts[i];
  }
  return used > 0 && digest_from_text(text + used, &out->links);
}

bool ledger_head_holds(ledger *l, const char *text, faults *problems) {
  head noted;
  int64_t counts[CHAINS];
  digest links;
  if (!head_read(text, &noted)) {
    fault_add(problems, NOWHERE, "\"%s\" is no head of a ledger", "“%s”不是台账的链头", text);
    return fault_next(problems, "give the line that verify printed: 13.1.1.2- and 64 digits",
                      "请给出 verify 所打印的一行：形如 13.1.1.2- 加 64 位数字和字母");
  }
  counts_now(l, counts);
  bool good = true;
  for (int i = 0; i < CHAINS; i++) {
    if (counts[i] >= noted.counts[i]) continue;
    good = fault_add(problems, NOWHERE,
                     "the newest %s%.0s were cut off: %lld were there when the head was noted, %lld are left",
                     "最新的%.0s%s被截去：记下链头时有 %lld 项，现剩 %lld 项", chains[i].name.in[LANGUAGE_EN],
                     chains[i].name.in[LANGUAGE_ZH], (long long)noted.counts[i], (long long)counts[i]);
    fault_mark(problems, FAULT_LEDGER);
  }
  if (!good || !links_at(l, noted.counts, &links, problems)) return false;
  if (digest_same(links, noted.links)) return true;
  fault_add(problems, NOWHERE, "this is not the ledger that the head was noted of, or its history was written anew",
            "这不是记下链头时的台账，或其历史被重写");
  return fault_mark(problems, FAULT_LEDGER);
}
