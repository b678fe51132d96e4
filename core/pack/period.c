#include "pack/period.h"

#include <stdio.h>
#include <string.h>

static bool read_year_starts(const spot *declared, period *out) {
  const char *text = spot_text(declared, NULL);
  if (!text) return true;
  int month = 0, month_day = 0, used = 0;
  if (sscanf(text, "%2d-%2d%n", &month, &month_day, &used) == 2 && !text[used] &&
      day_of(2001, month, month_day) != DAY_NONE) {
    out->year_month = month;
    out->year_day = month_day;
    return true;
  }
  spot_fault(declared, "\"%s\" is no day of the year", "“%s”不是年内的日期", text);
  return fault_next(declared->to->problems, "write month and day, such as \"02-01\"", "请写月和日，如“02-01”");
}

bool period_compile(making *m, const spot *declaration, period *out) {
  static const key_row keys[] = {{"id", true},       {"title", false},       {"starts", true},   {"lasts", true},
                                 {"repeats", false}, {"year_starts", false}, {"spanning", false}};
  static const key_row lasts_keys[] = {{"years", false}, {"months", false}, {"days", false}};
  static const char *const spannings[] = {"ends", "starts", "split"};
  bool good = spot_keys(declaration, keys, sizeof keys / sizeof *keys, false, "a period", "周期");
  spot id = spot_member(declaration, "id"), title = spot_member(declaration, "title");
  spot starts = spot_member(declaration, "starts"), lasts = spot_member(declaration, "lasts");
  spot repeats = spot_member(declaration, "repeats"), year = spot_member(declaration, "year_starts");
  spot spanning_spot = spot_member(declaration, "spanning");
  *out = (period){
      .id = spot_text(&id, ""), .starts = DAY_NONE, .year_month = 1, .year_day = 1, .where = spot_place(declaration)};
  out->title = spot_there(&title) ? spot_said(&title, false) : (said){{out->id, out->id}};
  const char *tag = spot_tag(&starts);
  if (tag && !strcmp(tag, "fact")) {
    spot args = spot_member(&starts, "args"), kind = spot_element(&args, 0);
    out->starts_fact = spot_text(&kind, "");
    out->starts_word = wordbook_add(m->book, out->starts_fact);
    if (!kinds_named(m->kinds, out->starts_fact)) good = kinds_unknown(m->kinds, &starts, out->starts_fact);
  } else {
    out->starts = spot_day(&starts, DAY_NONE);
  }
  if (spot_there(&lasts)) {
    good = spot_keys(&lasts, lasts_keys, 3, false, "the length of a period", "周期的长度") && good;
    spot years = spot_member(&lasts, "years"), months = spot_member(&lasts, "months"),
         days = spot_member(&lasts, "days");
    out->years = (int)spot_integer(&years, 0);
    out->months = (int)spot_integer(&months, 0);
    out->days = (int)spot_integer(&days, 0);
    bool sensible = out->years >= 0 && out->years <= 100 && out->months >= 0 && out->months <= 1200 && out->days >= 0 &&
                    out->days <= 36525 && out->years + out->months + out->days > 0;
    if (!sensible)
      good = spot_fault(&lasts, "a period lasts at least one day and at most a century", "周期至少一天，至多一百年");
  }
  static const char *const built_in[] = {"session", "item", "day", "year", "ever"};
  for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
    if (!strcmp(out->id, built_in[i]))
      good = spot_fault(&id, "\"%s\" is a span of the language, a period cannot be called so",
                        "“%s”是语言自带的时段，周期不能以此命名", out->id);
  out->repeats = spot_truth(&repeats, true);
  int way = spot_word(&spanning_spot, spannings, 3, SPANNING_ENDS);
  out->spanning = way < 0 ? SPANNING_ENDS : (spanning)way;
  return read_year_starts(&year, out) && good;
}

window period_number(const period *p, day starts, int32_t number) {
  return (window){day_add(starts, p->years * number, p->months * number, p->days * number),
                  day_add(starts, p->years * (number + 1), p->months * (number + 1), p->days * (number + 1)) - 1,
                  number};
}

bool period_on(const period *p, day starts, day on, window *out) {
  if (starts == DAY_NONE || on < starts) return false;
  for (int32_t number = 0;; number++) {
    window w = period_number(p, starts, number);
    if (on <= w.last) {
      *out = w;
      return true;
    }
    if (!p->repeats || number > 100000) return false;
  }
}

int32_t period_year(const period *p, day d) {
  int year, month, month_day;
  day_parts(d, &year, &month, &month_day);
  int first_month = p ? p->year_month : 1, first_day = p ? p->year_day : 1;
  return month > first_month || (month == first_month && month_day >= first_day) ? year : year - 1;
}

day period_year_first(const period *p, int32_t year) {
  day first = day_of(year, p ? p->year_month : 1, p ? p->year_day : 1);
  return first != DAY_NONE ? first : day_of(year, 3, 1); /* a year that starts on 29 February */
}
