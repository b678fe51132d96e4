/* bare: the reference rule of tests/bench/pack written by hand over the columns of the subject file. */
#include "verdict.h"

typedef struct words { /* as the subject file numbers them */
  uint32_t hired, award, school_based, placement, workshop, online, offline;
  day first[CYCLE_YEARS + 1]; /* of each year, and of the year after */
} words;

static words words_of(const subjects *s) {
  words w = {.hired = subjects_word(s, "hired"),
             .award = subjects_word(s, "award"),
             .school_based = subjects_word(s, "school_based"),
             .placement = subjects_word(s, "placement"),
             .workshop = subjects_word(s, "workshop"),
             .online = subjects_word(s, "online"),
             .offline = subjects_word(s, "offline")};
  for (int year = 0; year <= CYCLE_YEARS; year++) w.first[year] = day_of(CYCLE_FIRST + year, 1, 1);
  return w;
}

static hand_kind kind_of(const words *w, uint32_t kind) {
  return kind == w->award          ? HAND_AWARD
         : kind == w->school_based ? HAND_SCHOOL_BASED
         : kind == w->placement    ? HAND_PLACEMENT
         : kind == w->workshop     ? HAND_WORKSHOP
                                   : HAND_OTHER;
}

static hand take_records(const subjects *s, uint32_t person, const words *w) {
  const fact_columns *r = &s->of[FACT_RECORD];
  const subject_index *own = &s->records[FACT_PERSON];
  hand h = {0};
  for (uint32_t i = own->offset[person]; i < own->offset[person + 1]; i++) {
    uint32_t row = own->rows[i], kind = r->kind[row], mode = r->mode[row];
    day since = date_first(r->since[row]);
    if (kind == w->hired) {
      h.novice = since >= w->first[CYCLE_YEARS - 1];
      continue;
    }
    if (since < w->first[0] || since >= w->first[CYCLE_YEARS]) continue;
    int year = 0;
    while (since >= w->first[year + 1]) year++;
    hand_record(&h, kind_of(w, kind),
                mode == w->online    ? HAND_ONLINE
                : mode == w->offline ? HAND_OFFLINE
                                     : HAND_NO_MODE,
                year, r->amount[row]);
  }
  return h;
}

void bare_decide(const subjects *s, int64_t required, verdict *verdicts) {
  words w = words_of(s);
  for (uint32_t person = 0; person < s->of[FACT_PERSON].count; person++) {
    hand h = take_records(s, person, &w);
    verdict *out = &verdicts[person];
    *out = (verdict){.outcome = hand_met(&h, required) ? OUTCOME_MET : OUTCOME_UNMET,
                     .novice = h.novice,
                     .total = h.total,
                     .needed = h.novice ? HOURS(120) : required,
                     .practice = h.practice};
    memcpy(out->year, h.year, sizeof h.year);
  }
}

void bare_outcomes(const subjects *s, int64_t required, uint8_t *met) {
  words w = words_of(s);
  for (uint32_t person = 0; person < s->of[FACT_PERSON].count; person++) {
    hand h = take_records(s, person, &w);
    met[person] = hand_met(&h, required);
  }
}
