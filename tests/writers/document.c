#include "document.h"

#include "task/chart.h"

#include <string.h>

enum { SHOWN = 200, OBSERVATIONS = 214, PLACES = 5, TERMS = 4 };

static hongzhu_text plain(const char *text) {
  return (hongzhu_text){text, text == NULL ? 0 : strlen(text)};
}

static const char *in(const sample *s, const char *zh, const char *en) {
  return s->in == LANGUAGE_ZH ? zh : en;
}
static hongzhu_text say(const sample *s, const char *zh, const char *en) {
  return plain(in(s, zh, en));
}

static hongzhu_event *add(sample *s, hongzhu_event_kind kind) {
  hongzhu_event *event = ARENA_PUSH(s->memory, s->events, s->count, s->capacity);
  *event = (hongzhu_event){.size = sizeof *event, .kind = (uint32_t)kind};
  return event;
}

static void heading(sample *s, uint32_t level, const char *zh, const char *en) {
  hongzhu_event *event = add(s, HONGZHU_EVENT_HEADING);
  event->level = level;
  event->text = say(s, zh, en);
}

/* ---- figures ---- */

static hongzhu_figure figure(const sample *s, const char *id, const char *title_zh, const char *title_en,
                             const char *value, const char *unit) {
  hongzhu_figure f = {.size = sizeof f, .id = plain(id), .title = say(s, title_zh, title_en), .value = plain(value)};
  f.unit = plain(unit);
  f.trace = plain(arena_format(s->memory, "hongzhu trace ganzhou --figure %s --on 2025-08-31", id));
  return f;
}

static void rows_of(sample *s, hongzhu_figure *f, const char *file, const char *sheet, uint64_t first, size_t total,
                    const char *format) {
  size_t shown = total < SHOWN ? total : SHOWN;
  hongzhu_origin *origins = arena_array(s->memory, shown, sizeof *origins);
  for (size_t i = 0; i < shown; i++) {
    char *code = arena_format(s->memory, "GZ-%02zu", i % 10 + 1);
    const char *at = strstr(format, "{}");
    char *row = at == NULL ? arena_text(s->memory, format)
                           : arena_format(s->memory, "%.*s%s%s", (int)(at - format), format, code, at + 2);
    origins[i] = (hongzhu_origin){
        .size = sizeof *origins, .file = plain(file), .sheet = plain(sheet), .row_text = plain(row), .row = first + i};
  }
  f->origins = origins;
  f->origins_count = (uint32_t)shown;
  f->origins_total = total;
}

static hongzhu_figure trainees(sample *s, const char *id) {
  hongzhu_figure f = figure(s, id, "研修学员", "trainees", "10", in(s, "人", "persons"));
  f.definition =
      say(s, "本批次有跟岗登记的人员，每人计一次。", "People with a placement in this batch, each counted once.");
  rows_of(s, &f, "第二批跟岗研修人员名单.xlsx", in(s, "名单", "roster"), 4, 10,
          "{}  西街小学  深圳景莲小学  2025-03-03  2025-04-02  课堂");
  return f;
}

static hongzhu_figure observations(sample *s, const char *id) {
  hongzhu_figure f = figure(s, id, "听课记录", "lesson observations", in(s, "200余", "200+"), in(s, "节", "lessons"));
  f.definition = say(s, "跟岗期间的听课记录，每节一条；公布时去尾取整百。",
                     "Lesson observations during the placements, one record each; published rounded down to hundreds.");
  f.marker = say(s, "按发布口径取整", "rounded as published");
  rows_of(s, &f, "听课记录.csv", NULL, 2, OBSERVATIONS, "{}  2025-03-11  数学  “自学・议论・引导”教学法观摩  1节");
  return f;
}

static hongzhu_figure unknown_host(sample *s, const char *id) {
  hongzhu_figure f =
      figure(s, id, "跟岗学校未登记", "placements without a known host", in(s, "1", "1"), in(s, "人", "person"));
  f.definition = say(s, "接收学校不详的跟岗登记。", "Placements whose host school is not known.");
  f.marker = say(s, "含不详", "includes unknowns");
  rows_of(s, &f, "第二批跟岗研修人员名单.xlsx", in(s, "名单", "roster"), 13, 1,
          "{}  职教中心  不详  2025-03-03  2025-04-02");
  return f;
}

static hongzhu_figure satisfaction(sample *s) {
  hongzhu_figure f = figure(s, "satisfaction", "满意度", "satisfaction", in(s, "不详", "unknown"), NULL);
  f.definition = say(s, "结业问卷中“满意”以上的份额；尚无问卷登记。",
                     "Share of “satisfied” or better in the closing survey; no survey has been entered.");
  f.marker = say(s, "未知", "unknown");
  return f;
}

static void key_figures(sample *s) {
  hongzhu_event *event = add(s, HONGZHU_EVENT_FIGURES);
  hongzhu_figure *all = arena_array(s->memory, 9, sizeof *all);
  all[0] = trainees(s, "trainees");
  all[1] = figure(s, "hosts", "接收学校", "host schools", "9", in(s, "所", "schools"));
  all[1].definition = say(s, "跟岗登记中已知的接收学校，每所计一次；不详的另列。",
                          "Known host schools of the placements, each counted once; unknown ones are listed apart.");
  all[1].marker = say(s, "至少", "at least");
  rows_of(s, &all[1], "第二批跟岗研修人员名单.xlsx", in(s, "名单", "roster"), 4, 9, "{}  甘州中学  北理工附小");
  all[2] = observations(s, "observations");
  all[3] = figure(s, "sessions", "参加教研活动", "teaching-research attendances", in(s, "50余", "50+"),
                  in(s, "场", "times"));
  all[3].definition = say(s, "签到表中的到会人次。", "Attendances in the signing sheets.");
  all[3].marker = say(s, "按发布口径取整", "rounded as published");
  rows_of(s, &all[3], "教研活动签到.xlsx", in(s, "三月", "March"), 10, 57, "{}  2025-03-18  学科教研  到会");
  all[4] = figure(s, "words", "研修报告", "written reports", in(s, "10万余", "100,000+"), in(s, "字", "characters"));
  all[4].marker = say(s, "按发布口径取整", "rounded as published");
  all[4].definition = say(s, "各学员研修报告字数之和。", "The lengths of all reports, added.");
  rows_of(s, &all[4], "研修报告登记.csv", NULL, 2, 10, "{}  10466字  跟岗研修总结");
  all[5] = figure(s, "videos", "分享视频", "sharing videos", "10", in(s, "个", "videos"));
  rows_of(s, &all[5], "分享视频.csv", NULL, 2, 10, "{}  0:15:00  暑期全员培训必学");
  all[6] =
      figure(s, "reached", "视频覆盖教职工", "educators reached", in(s, "4600余", "4,600+"), in(s, "人", "persons"));
  all[6].marker = say(s, "引自公开报道", "stated by the source");
  all[6].definition =
      say(s, "取自公开报道，不由登记算出。", "Stated in the published report, not computed from records.");
  all[7] = figure(s, "applied", "成果转化率", "changes at home", "60%", NULL);
  all[7].definition =
      say(s, "已在本校落地改革的学员 ÷ 研修学员。", "Trainees with a change at their home school ÷ trainees.");
  rows_of(s, &all[7], "成果转化.csv", NULL, 2, 6, "{}  推广“自学・议论・引导”教学法");
  all[8] = satisfaction(s);
  event->figures = all;
  event->figures_count = 9;
}

static void paragraph(sample *s) {
  hongzhu_event *event = add(s, HONGZHU_EVENT_PARAGRAPH);
  hongzhu_figure *figures = arena_array(s->memory, 2, sizeof *figures);
  hongzhu_span *spans = arena_array(s->memory, 5, sizeof *spans);
  figures[0] = trainees(s, "trainees-2");
  figures[1] = observations(s, "observations-2");
  for (size_t i = 0; i < 5; i++) spans[i].size = sizeof *spans;
  spans[0].text = say(s, "第二批“红烛之光”人才培养项目选派", "The second batch of the “Candlelight” programme sent ");
  spans[1].text = say(s, "10人", "10 persons");
  spans[1].figure = &figures[0];
  spans[2].text =
      say(s, "赴北京、江苏、广东、浙江等地跟岗研修一个月，形成听课记录",
          " to schools in Beijing, Jiangsu, Guangdong and Zhejiang for a month of job shadowing. They recorded ");
  spans[3].text = say(s, "200余节", "200+ lessons");
  spans[3].figure = &figures[1];
  spans[4].text =
      say(s, "，按照“走出去拓视野、学回来促改革、用起来提质量”三个阶段推进，区委定方向、政府配经费、教育局抓落实。",
          " in three phases: go out to see more, come back to reform, put it to use for quality.");
  event->spans = spans;
  event->spans_count = 5;
}

static void remark(sample *s, hongzhu_event_kind kind, const char *zh, const char *en) {
  hongzhu_event *event = add(s, kind);
  hongzhu_span *span = arena_take(s->memory, sizeof *span);
  span->size = sizeof *span;
  span->text = say(s, zh, en);
  event->spans = span;
  event->spans_count = 1;
}

/* ---- tables and charts ---- */

static void columns(sample *s, hongzhu_event *event, size_t count, const char *const *zh, const char *const *en,
                    const char *align) {
  hongzhu_column *made = arena_array(s->memory, count, sizeof *made);
  for (size_t i = 0; i < count; i++)
    made[i] = (hongzhu_column){sizeof *made, say(s, zh[i], en[i]), (uint32_t)(align[i] - '0')};
  event->columns = made;
  event->columns_count = (uint32_t)count;
}

static hongzhu_span *cells(sample *s, hongzhu_event *event, size_t rows) {
  size_t count = rows * event->columns_count;
  hongzhu_span *made = arena_array(s->memory, count, sizeof *made);
  for (size_t i = 0; i < count; i++) made[i].size = sizeof *made;
  event->cells = made;
  event->rows_count = (uint32_t)rows;
  return made;
}

static const char *const places_zh[PLACES] = {"北京", "广东", "江苏", "浙江", "不详"};
static const char *const places_en[PLACES] = {"Beijing", "Guangdong", "Jiangsu", "Zhejiang", "unknown"};
static const int places[PLACES] = {3, 3, 2, 1, 1};

static void place_cells(sample *s, hongzhu_span *at, size_t row, const char *kind) {
  hongzhu_figure *f = arena_take(s->memory, sizeof *f);
  const char *id = arena_format(s->memory, "%s-%zu", kind, row + 1);
  *f = figure(s, id, "研修学员", "trainees", arena_format(s->memory, "%d", places[row]), in(s, "人", "persons"));
  f->definition =
      say(s, "本批次有跟岗登记的人员，每人计一次。", "People with a placement in this batch, each counted once.");
  rows_of(s, f, "第二批跟岗研修人员名单.xlsx", in(s, "名单", "roster"), 4 + row, (size_t)places[row],
          "{}  南关学校  北京金泽小学  2025-03-03  2025-04-02  管理");
  at[0].text = say(s, places_zh[row], places_en[row]);
  at[1].text = f->value;
  at[1].figure = f;
}

static void place_table(sample *s) {
  hongzhu_event *event = add(s, HONGZHU_EVENT_TABLE);
  const char *const zh[] = {"接收学校所在地", "人数", "占比"}, *const en[] = {"place of the host school", "trainees",
                                                                              "share"};
  static const char *const shares[PLACES] = {"30%", "30%", "20%", "10%", "10%"};
  event->text = say(s, "跟岗地分布", "where the trainees went");
  columns(s, event, 3, zh, en, "011");
  hongzhu_span *made = cells(s, event, PLACES + 1);
  for (size_t row = 0; row < PLACES; row++) {
    place_cells(s, made + row * 3, row, "place");
    made[row * 3 + 2].text = plain(shares[row]);
  }
  made[PLACES * 3].text = say(s, "合计", "total");
  made[PLACES * 3 + 1].text = plain("10");
  made[PLACES * 3 + 2].text = plain("100%");
}

static void chart_event(sample *s, const chart *c, const char *kind) {
  hongzhu_event *event = add(s, HONGZHU_EVENT_CHART);
  const char *names[4] = {""}, *align = "0111";
  for (size_t i = 0; i < c->series_count; i++) names[i + 1] = c->series[i];
  event->text = plain(c->title);
  event->chart = plain(kind);
  event->svg = plain(chart_svg(s->memory, c));
  columns(s, event, c->series_count + 1, names, names, align);
  hongzhu_span *made = cells(s, event, c->categories_count);
  for (size_t row = 0; row < c->categories_count; row++) {
    made[row * event->columns_count].text = plain(c->categories[row]);
    for (size_t i = 0; i < c->series_count; i++) {
      const chart_value *value = &c->values[row * c->series_count + i];
      const char *number = arena_format(s->memory, "%lld", (long long)(value->millionths / 1000000));
      made[row * event->columns_count + i + 1].text = plain(value->label != NULL ? value->label
                                                            : value->known       ? number
                                                                                 : in(s, "不详", "unknown"));
    }
  }
}

static void place_chart(sample *s, chart_kind kind, const char *name) {
  chart_value values[PLACES];
  const char *series[] = {in(s, "人数", "trainees")};
  for (size_t i = 0; i < PLACES; i++) values[i] = (chart_value){true, places[i] * INT64_C(1000000), NULL};
  const chart c = {.kind = kind,
                   .in = s->in,
                   .title = in(s, "跟岗地分布", "where the trainees went"),
                   .unit = in(s, "人", "persons"),
                   .categories = s->in == LANGUAGE_ZH ? places_zh : places_en,
                   .categories_count = PLACES,
                   .series = series,
                   .series_count = 1,
                   .values = values};
  chart_event(s, &c, name);
  if (kind != CHART_BAR) return;
  hongzhu_event *event = &s->events[s->count - 1];
  hongzhu_span *made = cells(s, event, PLACES);
  for (size_t row = 0; row < PLACES; row++) place_cells(s, made + row * 2, row, "chart");
}

static void term_chart(sample *s, chart_kind kind, const char *name) {
  const char *series[] = {in(s, "听课", "observations"), in(s, "教研", "sessions")};
  const char *terms[TERMS] = {in(s, "第一周", "week 1"), in(s, "第二周", "week 2"), in(s, "第三周", "week 3"),
                              in(s, "第四周", "week 4")};
  const chart_value values[TERMS * 2] = {{true, 41000000, NULL}, {true, 12000000, NULL},  {true, 58000000, NULL},
                                         {true, 15000000, NULL}, {true, 63000000, NULL},  {false, 0, NULL},
                                         {true, 52000000, NULL}, {true, 16500000, "16.5"}};
  const chart c = {.kind = kind,
                   .in = s->in,
                   .title = in(s, "每周听课与教研", "observations and sessions by week"),
                   .unit = in(s, "次", "times"),
                   .categories = terms,
                   .categories_count = TERMS,
                   .series = series,
                   .series_count = 2,
                   .values = values};
  chart_event(s, &c, name);
}

static void placements(sample *s) {
  static const char *const rows[][5] = {
      {"GZ-01", "大成学校", "南通市启秀市北初级中学", "课堂", "推广“自学・议论・引导”教学法"},
      {"GZ-02", "思源实验学校", "首都师范大学附属中学朝阳学校", "课堂", "优化导学案设计"},
      {"GZ-03", "西街小学", "深圳景莲小学", "课堂", "—"},
      {"GZ-04", "南关学校", "北京金泽小学", "管理", "“创新实践共同体”"},
      {"GZ-05", "张掖二中", "江苏南菁高中", "管理", "“国学+科创”课程体系"},
      {"GZ-06", "甘州中学", "北理工附小", "管理", "—"},
      {"GZ-07", "金安苑学校", "杭州安吉路实验学校", "技术", "“AI创新评价平台”"},
      {"GZ-08", "青西小学", "广州东荟花园小学", "技术", "“AI+学科”融合实践"},
      {"GZ-09", "张掖一中", "深圳大望学校", "技术", "—"},
      {"GZ-10", "职教中心", "不详", "不详", "—"},
      {"GZ-11", "=HYPERLINK(\"http://a\",\"b\")", "<script>alert(1)</script>", "\x1b[31m红\xe2\x80\xae",
       "a\"b,\nc & d"},
  };
  const char *const zh[] = {"编号", "派出学校", "接收学校", "主题", "成果转化"};
  const char *const en[] = {"code", "home school", "host school", "theme", "change at home"};
  hongzhu_event *event = add(s, HONGZHU_EVENT_TABLE);
  size_t count = sizeof rows / sizeof *rows;
  event->text = say(s, "跟岗一览", "the placements");
  columns(s, event, 5, zh, en, "00020");
  hongzhu_span *made = cells(s, event, count);
  for (size_t row = 0; row < count; row++)
    for (size_t i = 0; i < 5; i++) made[row * 5 + i].text = plain(rows[row][i]);
}

/* More columns than an upright sheet has room for. */
static void year(sample *s) {
  static const char *const zh[] = {"学校", "一月", "二月", "三月", "四月",   "五月",  "六月",
                                   "七月", "八月", "九月", "十月", "十一月", "十二月"};
  static const char *const en[] = {"school", "January", "February",  "March",   "April",    "May",     "June",
                                   "July",   "August",  "September", "October", "November", "December"};
  static const char *const schools[] = {"大成学校", "思源实验学校", "首都师范大学附属中学朝阳学校"};
  hongzhu_event *event = add(s, HONGZHU_EVENT_TABLE);
  event->text = say(s, "各校逐月学时", "hours by school and month");
  columns(s, event, 13, zh, en, "0111111111111");
  hongzhu_span *made = cells(s, event, 3);
  for (size_t row = 0; row < 3; row++) {
    made[row * 13].text = plain(schools[row]);
    for (size_t i = 1; i < 13; i++)
      made[row * 13 + i].text = plain(arena_format(s->memory, "%zu.5", (row + 1) * 1000 + i * 37));
  }
}

void sample_make(sample *s, arena *memory, language language_of) {
  *s = (sample){.memory = memory, .in = language_of};
  hongzhu_event *event = add(s, HONGZHU_EVENT_DOCUMENT);
  event->text = say(s, "“红烛之光”人才培养项目第二批跟岗研修情况报告",
                    "Candlelight talent programme: report on the second batch");
  event->note = say(s, "甘州区教育局　2025年", "Ganzhou District Education Bureau, 2025");
  heading(s, 1, "一、总体情况", "1. Overview");
  paragraph(s);
  key_figures(s);
  remark(s, HONGZHU_EVENT_NOTE, "“余”表示至少达到所列数；不详的单位不计入已知数。",
         "“+” means at least the number given; unknown schools are not counted among the known ones.");
  heading(s, 1, "二、研修去向", "2. Where they went");
  heading(s, 2, "（一）按地区", "2.1 By place");
  place_table(s);
  place_chart(s, CHART_BAR, "bar");
  place_chart(s, CHART_SHARE, "share");
  heading(s, 2, "（二）过程", "2.2 By week");
  term_chart(s, CHART_COLUMN, "column");
  term_chart(s, CHART_LINE, "line");
  add(s, HONGZHU_EVENT_PAGE);
  heading(s, 1, "三、跟岗一览", "3. The placements");
  placements(s);
  year(s);
  hongzhu_span *last = arena_take(memory, 3 * sizeof *last);
  hongzhu_figure *missing = arena_take(memory, sizeof *missing);
  *missing = unknown_host(s, "unknown-host");
  for (size_t i = 0; i < 3; i++) last[i].size = sizeof *last;
  last[0].text = say(s, "另有", "The host school of ");
  last[1].text = say(s, "1人", "1 person");
  last[1].figure = missing;
  last[2].text = say(s, "的接收学校尚未登记，待补报后更新。", " has not been entered yet.");
  event = add(s, HONGZHU_EVENT_PARAGRAPH);
  event->spans = last;
  event->spans_count = 3;
  add(s, HONGZHU_EVENT_END);
}
