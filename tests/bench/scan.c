/* scan: the reference rule by hand over a table of rows in SQLite: bench_scan WAY ROWS [MORE]
 *
 *   load FOLDER            makes ROWS from people.csv and records.csv: a table of people and one of records, which lie
 * by person and day (WITHOUT ROWID), as whoever wants to read them fast would lay them; and rows.txt beside it, the
 * same for the baseline in Lua store OUT              one scan, outcomes into the new SQLite file OUT compare HOURS
 * HOURS    two scans, one for each number of hours needed in all; prints how many change verdicts HOURS         a line
 * per person again OUT CHANGES      the records of CHANGES take the place of those in ROWS, their people are decided
 * again and their outcomes in OUT replaced: two transactions
 */
#include "base/date.h"
#include "hand.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define TENTH INT64_C(100000)

static const char *const kind_names[] = {"course", "award", "school_based", "placement", "workshop"};
static const char *const mode_names[] = {"", "offline", "online"};

static void stop(const char *what) {
  fprintf(stderr, "bench_scan: %s\n", what);
  exit(1);
}

static sqlite3 *base_open(const char *file) {
  sqlite3 *db = NULL;
  if (sqlite3_open(file, &db) != SQLITE_OK) stop(sqlite3_errmsg(db));
  return db;
}

static void say(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql) {
  sqlite3_stmt *s = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
  return s;
}

static void done(sqlite3 *db, sqlite3_stmt *s) {
  if (sqlite3_step(s) != SQLITE_DONE || sqlite3_reset(s) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

/* ---- files ---- */

typedef struct record_row {
  uint32_t person;
  day day;
  uint32_t number;
  uint8_t kind, mode;
  int32_t tenths;
} record_row;

static size_t split(char *line, char **fields, size_t most) {
  size_t count = 0;
  for (char *at = strtok(line, ",\n"); at && count < most; at = strtok(NULL, ",\n")) fields[count++] = at;
  return count;
}

static uint8_t position(const char *name, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!strcmp(name, names[i])) return (uint8_t)i;
  return 0;
}

static day read_day(const char *text) {
  day d;
  if (!day_read(text, &d)) stop(text);
  return d;
}

static FILE *csv_open(const char *file) {
  FILE *f = fopen(file, "r");
  char line[256];
  if (!f || !fgets(line, sizeof line, f)) stop(file);
  return f;
}

static bool record_read(FILE *f, record_row *out) {
  char line[256], *fields[6];
  if (!fgets(line, sizeof line, f)) return false;
  if (split(line, fields, 6) != 6) stop("a record has other columns");
  char *end;
  long whole = strtol(fields[5], &end, 10);
  *out = (record_row){.number = (uint32_t)strtoul(fields[0] + 1, NULL, 10),
                      .person = (uint32_t)strtoul(fields[1] + 1, NULL, 10),
                      .kind = position(fields[2], kind_names, 5),
                      .mode = position(fields[3], mode_names, 3),
                      .day = read_day(fields[4]),
                      .tenths = (int32_t)whole * 10 + (*end == '.' ? end[1] - '0' : 0)};
  return true;
}

static int by_person(const void *a, const void *b) {
  const record_row *x = a, *y = b;
  if (x->person != y->person) return x->person < y->person ? -1 : 1;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static const char *path_in(const char *folder, const char *name) {
  static char path[4096];
  if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) stop("the folder's name is too long");
  return path;
}

static void bind_record(sqlite3_stmt *s, const record_row *r) {
  sqlite3_bind_int64(s, 1, r->person);
  sqlite3_bind_int(s, 2, r->day);
  sqlite3_bind_int64(s, 3, r->number);
  sqlite3_bind_int(s, 4, r->kind);
  sqlite3_bind_int(s, 5, r->mode);
  sqlite3_bind_int(s, 6, r->tenths);
}

static void load(const char *rows, const char *folder) {
  remove(rows);
  sqlite3 *db = base_open(rows);
  say(db,
      "pragma synchronous=off; begin; create table people(person integer primary key, hired integer);"
      "create table records(person integer, day integer, record integer, kind integer, mode integer, tenths integer,"
      " primary key(person, day, record)) without rowid");
  char line[256], *fields[2];
  sqlite3_stmt *person = prepared(db, "insert into people values(?, ?)");
  for (FILE *f = csv_open(path_in(folder, "people.csv")); f; f = NULL) {
    while (fgets(line, sizeof line, f)) {
      if (split(line, fields, 2) != 2) stop("a person has other columns");
      sqlite3_bind_int64(person, 1, (int64_t)strtoul(fields[0] + 1, NULL, 10));
      sqlite3_bind_int(person, 2, read_day(fields[1]));
      done(db, person);
    }
    fclose(f);
  }
  sqlite3_finalize(person);
  size_t count = 0, capacity = 1 << 20;
  record_row *all = malloc(capacity * sizeof *all);
  FILE *f = csv_open(path_in(folder, "records.csv")), *text = fopen(path_in(folder, "rows.txt"), "w");
  for (record_row r; all && record_read(f, &r); all[count++] = r)
    if (count == capacity) all = realloc(all, (capacity *= 2) * sizeof *all);
  fclose(f);
  if (!all || !text) stop("no room for the records");
  qsort(all, count, sizeof *all, by_person);
  sqlite3_stmt *put = prepared(db, "insert into records values(?, ?, ?, ?, ?, ?)");
  for (size_t i = 0; i < count; i++) {
    char written[11];
    bind_record(put, &all[i]);
    done(db, put);
    day_write(all[i].day, written);
    fprintf(text, "%u %s %s %s %d.%d\n", all[i].person, kind_names[all[i].kind], mode_names[all[i].mode], written,
            all[i].tenths / 10, all[i].tenths % 10);
  }
  sqlite3_finalize(put);
  free(all);
  say(db, "commit; pragma journal_mode=wal");
  sqlite3_close(db);
  if (fclose(text)) stop("rows.txt cannot be written");
}

/* ---- deciding ---- */

typedef struct scan {
  sqlite3 *db;
  day first[CYCLE_YEARS + 1];
  sqlite3_stmt *people, *records;
  bool more; /* a record is at hand */
} scan;

static void take(scan *s, hand *h, int64_t person) {
  while (s->more && sqlite3_column_int64(s->records, 0) == person) {
    day on = sqlite3_column_int(s->records, 1);
    int year = 0;
    if (on >= s->first[0] && on < s->first[CYCLE_YEARS]) {
      while (on >= s->first[year + 1]) year++;
      hand_record(h, (hand_kind)sqlite3_column_int(s->records, 2), (hand_mode)sqlite3_column_int(s->records, 3), year,
                  sqlite3_column_int(s->records, 4) * TENTH);
    }
    s->more = sqlite3_step(s->records) == SQLITE_ROW;
  }
}

static scan scan_begin(sqlite3 *db, bool one) {
  scan s = {.db = db};
  for (int year = 0; year <= CYCLE_YEARS; year++) s.first[year] = day_of(CYCLE_FIRST + year, 1, 1);
  s.people = prepared(db, one ? "select person, hired from people where person = ?"
                              : "select person, hired from people order by person");
  s.records =
      prepared(db, one ? "select person, day, kind, mode, tenths from records where person = ? order by day, record"
                       : "select person, day, kind, mode, tenths from records order by person, day, record");
  if (!one) s.more = sqlite3_step(s.records) == SQLITE_ROW;
  return s;
}

static bool scan_next(scan *s, int64_t *person, hand *h) {
  if (sqlite3_step(s->people) != SQLITE_ROW) return false;
  *person = sqlite3_column_int64(s->people, 0);
  *h = (hand){.novice = sqlite3_column_int(s->people, 1) >= s->first[CYCLE_YEARS - 1]};
  take(s, h, *person);
  return true;
}

static void scan_end(scan *s) {
  sqlite3_finalize(s->people);
  sqlite3_finalize(s->records);
}

static void store(const char *rows, const char *file) {
  sqlite3 *db = base_open(rows), *out = base_open(file);
  say(out, "pragma journal_mode=wal; create table outcome(person integer primary key, met integer); begin");
  sqlite3_stmt *put = prepared(out, "insert into outcome values(?, ?)");
  scan s = scan_begin(db, false);
  int64_t person;
  for (hand h; scan_next(&s, &person, &h);) {
    sqlite3_bind_int64(put, 1, person);
    sqlite3_bind_int(put, 2, hand_met(&h, HOURS(360)));
    done(out, put);
  }
  scan_end(&s);
  sqlite3_finalize(put);
  say(out, "commit");
  sqlite3_close(out);
  sqlite3_close(db);
}

static uint8_t *outcomes(sqlite3 *db, int64_t required, size_t *count) {
  size_t capacity = 1 << 16;
  uint8_t *met = malloc(capacity);
  scan s = scan_begin(db, false);
  int64_t person;
  *count = 0;
  for (hand h; met && scan_next(&s, &person, &h); met[(*count)++] = hand_met(&h, required))
    if (*count == capacity) met = realloc(met, capacity *= 2);
  scan_end(&s);
  if (!met) stop("no room for the outcomes");
  return met;
}

static void compare(const char *rows, int64_t before, int64_t after) {
  sqlite3 *db = base_open(rows);
  size_t count, gained = 0, lost = 0;
  uint8_t *was = outcomes(db, before, &count), *is = outcomes(db, after, &count);
  for (size_t i = 0; i < count; i++) {
    gained += is[i] > was[i];
    lost += is[i] < was[i];
  }
  printf("%zu %zu %zu\n", count, gained, lost);
  free(was);
  free(is);
  sqlite3_close(db);
}

static void verdicts(const char *rows, int64_t required) {
  sqlite3 *db = base_open(rows);
  scan s = scan_begin(db, false);
  int64_t person;
  for (hand h; scan_next(&s, &person, &h);) {
    printf("P%07" PRId64 " %s total=%" PRId64 " needed=%" PRId64, person, hand_met(&h, required) ? "met" : "unmet",
           h.total, h.novice ? HOURS(120) : required);
    for (int year = 0; !h.novice && year < CYCLE_YEARS; year++) printf(" year=%" PRId64, h.year[year]);
    if (!h.novice) printf(" practice=%" PRId64, h.practice);
    putchar('\n');
  }
  scan_end(&s);
  sqlite3_close(db);
}

static void again(const char *rows, const char *file, const char *changes) {
  sqlite3 *db = base_open(rows), *out = base_open(file);
  FILE *f = csv_open(changes);
  int64_t *people = NULL, person;
  size_t count = 0;
  say(db, "pragma journal_mode=wal; begin");
  sqlite3_stmt *drop = prepared(db, "delete from records where person = ? and record = ?");
  sqlite3_stmt *put = prepared(db, "insert into records values(?, ?, ?, ?, ?, ?)");
  for (record_row r; record_read(f, &r);) {
    if (count % 1024 == 0 && !(people = realloc(people, (count + 1024) * sizeof *people))) stop("no room");
    people[count++] = r.person;
    sqlite3_bind_int64(drop, 1, r.person);
    sqlite3_bind_int64(drop, 2, r.number);
    done(db, drop);
    bind_record(put, &r);
    done(db, put);
  }
  fclose(f);
  sqlite3_finalize(drop);
  sqlite3_finalize(put);
  say(db, "commit");
  say(out, "begin");
  sqlite3_stmt *replace = prepared(out, "insert or replace into outcome values(?, ?)");
  scan s = scan_begin(db, true);
  for (size_t i = 0; i < count; i++) {
    sqlite3_bind_int64(s.people, 1, people[i]);
    sqlite3_bind_int64(s.records, 1, people[i]);
    s.more = sqlite3_step(s.records) == SQLITE_ROW;
    for (hand h; scan_next(&s, &person, &h);) {
      sqlite3_bind_int64(replace, 1, person);
      sqlite3_bind_int(replace, 2, hand_met(&h, HOURS(360)));
      done(out, replace);
    }
    sqlite3_reset(s.people);
    sqlite3_reset(s.records);
  }
  scan_end(&s);
  sqlite3_finalize(replace);
  say(out, "commit");
  free(people);
  sqlite3_close(out);
  sqlite3_close(db);
}

int main(int count, char **arguments) {
  const char *way = count > 2 ? arguments[1] : "";
  if (!strcmp(way, "load") && count == 4)
    load(arguments[2], arguments[3]);
  else if (!strcmp(way, "store") && count == 4)
    store(arguments[2], arguments[3]);
  else if (!strcmp(way, "compare") && count == 5)
    compare(arguments[2], HOURS(strtoll(arguments[3], NULL, 10)), HOURS(strtoll(arguments[4], NULL, 10)));
  else if (!strcmp(way, "verdicts") && count == 4)
    verdicts(arguments[2], HOURS(strtoll(arguments[3], NULL, 10)));
  else if (!strcmp(way, "again") && count == 5)
    again(arguments[2], arguments[3], arguments[4]);
  else {
    fputs("usage: bench_scan load|store|compare|verdicts|again ROWS …: see scan.c\n", stderr);
    return 2;
  }
  return fflush(stdout) ? 1 : 0;
}
