/* report_issue: reports that are issued: everything that was asked for is kept with the bytes, and computed again.
 *
 * An issued report names its scope by code, so that it means the same when the ledger has more. Issuing again computes
 * it from the facts known then, under the pack image and on the day recorded, and compares with the kept bytes.
 */
#ifndef HONGZHU_TASK_REPORT_ISSUE_H
#define HONGZHU_TASK_REPORT_ISSUE_H

#include "task/report.h"

typedef struct report_order { /* everything the call gave */
  report_request request;
  const char *format; /* the writer's name */
  option_value *options;
  size_t options_count;
} report_order;

/* Keeps the bytes and enters the report. `order.request` names report and scope by their ids. */
bool report_issue(ledger *l, const report_order *order, digest image, int64_t known_after, int bytes, issued *out,
                  faults *problems);
bool report_issued(ledger *l, int64_t id, arena *a, issued *out, faults *problems); /* one of them */
bool report_order_of(arena *a, const issued *row, report_order *out, faults *problems);

typedef struct report_again_result {
  int bytes;          /* computed again; to be closed */
  int64_t difference; /* first byte that differs from what was kept, 1-based; 0: the same */
  bool kept_changed;  /* what was kept is not what was issued any more */
} report_again_result;

/* False where it could not be computed. */
bool report_again(ledger *l, const issued *row, const offers *all, arena *a, report_again_result *out,
                  faults *problems);

#endif
