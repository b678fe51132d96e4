/* scope_options: how `report` and `trace` are told whom a report is of. */
#ifndef HONGZHU_CLI_SCOPE_OPTIONS_H
#define HONGZHU_CLI_SCOPE_OPTIONS_H

#include "cli/cli.h"
#include "task/report.h"

#define SCOPE_OPTION_ROWS                                                                                              \
  {"--cohort", "CODE", {{"批次的编号", "the code of the cohort"}}, false},                                             \
      {"--programme", "CODE", {{"项目的编号", "the code of the programme"}}, false},                                   \
      {"--organization", "CODE", {{"机构的编号", "the code of the organization"}}, false},                             \
      {"--person", "CODE", {{"人员的编号", "the code of the person"}}, false},                                         \
      {"--on", "DAY", {{"按这一天的情况，默认今天", "as things are on this day; today by default"}}, false},           \
      {"--pack",                                                                                                       \
       "PACK",                                                                                                         \
       {{"有多个规则包生效时，指明按哪一个", "whose rules are meant where several packs are in force"}},               \
       false},                                                                                                         \
      {"--exact", NULL, {{"列出精确数，不按公布口径取整", "exact numbers, not rounded as published"}}, false},         \
      {"--detail",                                                                                                     \
       "none|masked|full",                                                                                             \
       {{"个人明细：none 不列出，masked 隐去姓名（默认），full 全部",                                                  \
         "details of people: none, masked (without names; the default), full"}},                                       \
       false},                                                                                                         \
  {                                                                                                                    \
    "--known-after", "N", {{"只用导入 N 及以前已知的事实", "only what was known after import N"}}, false               \
  }

/* Reads them, and the scope as the second argument too: `report annual HZZG-2`. False with faults: EXIT_USAGE. */
bool scope_options(call *c, report_request *out, int64_t *known_after);

#endif
