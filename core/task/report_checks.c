/* Figures of a report that have to agree: what each is, what it should be, and whether it is. */
#include "task/report_inside.h"

static hongzhu_span cell(const char *text) {
  return (hongzhu_span){sizeof(hongzhu_span), plain_text(text), NULL};
}

static const char *title_of(const reporting *r, int32_t at) {
  const figure *f = &r->pack->figures[at];
  return f->title.in[r->showing.in] ? f->title.in[r->showing.in] : f->id;
}

/* "row 01 = row 02 + row 03" */
static char *check_words(const reporting *r, const block_check *c) {
  buffer out = {0};
  buffer_format(&out, "%s %s ", title_of(r, c->left), c->compare == EQUAL ? "=" : "≤");
  for (size_t i = 0; i < c->right_count; i++) buffer_format(&out, "%s%s", i ? " + " : "", title_of(r, c->right[i]));
  char *text = arena_text(r->memory, out.at);
  buffer_free(&out);
  return text;
}

typedef struct sides { /* of one check */
  const made_figure *left;
  fraction right;
  const char *right_words; /* "2 + 1 = 3" */
  bool known;              /* both are exact numbers */
} sides;

static bool read_sides(reporting *r, const block_check *c, sides *out) {
  buffer words = {0};
  buffer_text(&words, "");
  *out = (sides){.left = report_figure(r, c->left, NULL, (value){0}, 0), .right = FRACTION_ZERO, .known = true};
  bool good = out->left != NULL;
  if (good) out->known = out->left->value.bound == BOUND_EXACT;
  for (size_t i = 0; i < c->right_count && good; i++) {
    const made_figure *f = report_figure(r, c->right[i], NULL, (value){0}, 0);
    good = f != NULL;
    if (!f) break;
    out->known = out->known && f->value.bound == BOUND_EXACT && fraction_add(out->right, f->value.number, &out->right);
    buffer_format(&words, "%s%s", i ? " + " : "", f->exact.at);
  }
  if (good && out->known && c->right_count > 1) buffer_format(&words, " = %s", fraction_text(r->memory, out->right));
  out->right_words = arena_text(r->memory, words.at);
  buffer_free(&words);
  return good;
}

bool report_checks(reporting *r, const block *b) {
  enum { WIDTH = 4 };
  static const said titles[WIDTH] = {{{"核对", "check"}}, {{"数", "is"}}, {{"应", "should be"}}, {{"结果", "result"}}};
  language in = r->showing.in;
  hongzhu_column *columns = arena_array(r->memory, WIDTH, sizeof *columns);
  hongzhu_span *cells = arena_array(r->memory, WIDTH * b->checks_count + 1, sizeof *cells);
  for (size_t i = 0; i < WIDTH; i++)
    columns[i] = (hongzhu_column){sizeof *columns, plain_text(titles[i].in[in]), i == 1};
  for (size_t i = 0; i < b->checks_count; i++) {
    const block_check *c = &b->checks[i];
    sides s;
    if (!read_sides(r, c, &s)) return false;
    const char *words = check_words(r, c);
    bool holds = s.known && comparison_holds(c->compare, fraction_compare(s.left->value.number, s.right));
    cells[i * WIDTH] = cell(words);
    cells[i * WIDTH + 1] = (hongzhu_span){sizeof *cells, s.left->exact, &s.left->made};
    cells[i * WIDTH + 2] = cell(c->compare == EQUAL ? s.right_words : arena_format(r->memory, "≤ %s", s.right_words));
    cells[i * WIDTH + 3] = cell(holds     ? say(r, "相符", "agrees")
                                : s.known ? say(r, "不符", "does not agree")
                                          : say(r, "无法核对", "cannot be known"));
    if (holds || !s.known) continue;
    fault_warn(r->problems, NOWHERE, "the check \"%s\" does not hold: %s against %s", "核对“%s”不符：%s 与 %s", words,
               s.left->exact.at, s.right_words);
    fault_next(r->problems, "hongzhu trace %s shows what is counted", "用 hongzhu trace %s 查看计入了什么",
               r->pack->figures[c->left].id);
  }
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_TABLE);
  event->text = plain_text(b->title.in[in] ? b->title.in[in] : say(r, "核对", "checks"));
  event->columns = columns;
  event->columns_count = WIDTH;
  event->cells = cells;
  event->rows_count = (uint32_t)b->checks_count;
  return true;
}
