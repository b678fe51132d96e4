/* bare: the reference rule of tests/bench/pack written by hand over the columns of the subject file. */
#include "verdict.h"

#define HOURS(n) ((n)*AMOUNT_ONE)

typedef struct words { /* as the subject file numbers them */
  uint32_t hired, award, school_based, placement, workshop, online, offline;
} words;

typedef struct used { /* what is counted so far of what has a limit */
  int64_t school_cycle, online_cycle, school[CYCLE_YEARS];
  int awards[CYCLE_YEARS];
} used;

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* What a record counts for: the first line that fits, then its limits, in order of day. */
static int64_t hours_counted(const fact_columns *r, uint32_t row, const words *w, int year, used *u) {
  uint32_t kind = r->kind[row];
  int64_t hours = r->amount[row];
  if (kind == w->award) return u->awards[year]++ < 2 ? HOURS(5) : 0;
  if (kind == w->school_based) {
    int64_t in_year = smaller(hours, HOURS(24) - u->school[year]);
    u->school[year] += in_year;
    int64_t in_cycle = smaller(in_year, HOURS(100) - u->school_cycle);
    u->school_cycle += in_cycle;
    return in_cycle;
  }
  if (r->mode[row] == w->online) {
    int64_t taken = smaller(hours, HOURS(144) - u->online_cycle);
    u->online_cycle += taken;
    return taken;
  }
  return r->mode[row] == w->offline ? hours : 0;
}

static void decide(const subjects *s, uint32_t person, const words *w, const day *first, verdict *out) {
  const fact_columns *r = &s->of[FACT_RECORD];
  const subject_index *own = &s->records[FACT_PERSON];
  used u = {0};
  *out = (verdict){0};
  for (uint32_t i = own->offset[person]; i < own->offset[person + 1]; i++) {
    uint32_t row = own->rows[i], kind = r->kind[row];
    day since = date_first(r->since[row]);
    if (kind == w->hired) out->novice = since >= first[CYCLE_YEARS - 1];
    if (kind == w->hired || since < first[0] || since >= first[CYCLE_YEARS]) continue;
    int year = 0;
    while (since >= first[year + 1]) year++;
    int64_t hours = hours_counted(r, row, w, year, &u);
    out->total += hours;
    out->year[year] += hours;
    bool practical = kind == w->placement || (kind == w->workshop && r->mode[row] == w->offline);
    if (practical && r->amount[row] > out->practice) out->practice = r->amount[row];
  }
  out->needed = out->novice ? HOURS(120) : HOURS(360);
  bool met = out->total >= out->needed;
  if (!out->novice) {
    for (int year = 0; year < CYCLE_YEARS; year++) met = met && out->year[year] >= HOURS(48);
    met = met && out->practice >= HOURS(24);
  }
  out->outcome = met ? OUTCOME_MET : OUTCOME_UNMET;
}

void bare_decide(const subjects *s, verdict *verdicts) {
  words w = {subjects_word(s, "hired"),     subjects_word(s, "award"),    subjects_word(s, "school_based"),
             subjects_word(s, "placement"), subjects_word(s, "workshop"), subjects_word(s, "online"),
             subjects_word(s, "offline")};
  day first[CYCLE_YEARS + 1];
  for (int year = 0; year <= CYCLE_YEARS; year++) first[year] = day_of(CYCLE_FIRST + year, 1, 1);
  for (uint32_t person = 0; person < s->of[FACT_PERSON].count; person++)
    decide(s, person, &w, first, &verdicts[person]);
}
