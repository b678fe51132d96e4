/* data: people and their records as two CSV files, the same for the same two numbers: bench_data FOLDER PEOPLE RECORDS.
 * A third, changes.csv, says of a hundred of the records that they were half an hour longer, or less where they are
 * few.
 *
 * Nobody in them has a name: a person is a code. Rows stand as files of many schools stand together: all people are
 * met once before anyone is met again, each time in another order.
 */
#include <inttypes.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct source_of_chance { /* the same numbers on every machine */
  uint64_t state;
} source_of_chance;

static uint32_t chance(source_of_chance *c, uint32_t below) {
  c->state = c->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((c->state >> 33) % below);
}

static FILE *begin(const char *folder, const char *name, const char *header) {
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = length < 0 || (size_t)length >= sizeof path ? NULL : fopen(path, "w");
  if (!file) {
    perror(name);
    exit(1);
  }
  fprintf(file, "%s\n", header);
  return file;
}

static void end(FILE *file, const char *name) {
  if (ferror(file) || fclose(file)) {
    perror(name);
    exit(1);
  }
}

/* One in twenty began in the last year of the cycle and needs less. */
static void write_people(const char *folder, uint32_t people) {
  FILE *file = begin(folder, "people.csv", "code,hired");
  source_of_chance c = {1};
  for (uint32_t person = 0; person < people; person++) {
    int year = chance(&c, 20) == 0 ? 2025 : 1990 + (int)chance(&c, 35);
    fprintf(file, "P%07u,%d-%02u-01\n", person, year, 1 + chance(&c, 11));
  }
  end(file, "people.csv");
}

typedef struct files {
  FILE *records, *changes;
  uint64_t every; /* how many records lie between two that are changed */
} files;

static void write_record(files *to, source_of_chance *c, uint64_t record, uint32_t person, uint32_t round) {
  static const char *const kinds[] = {"course",   "course",    "course",       "course",       "course",
                                      "workshop", "placement", "school_based", "school_based", "award"};
  static const char *const modes[] = {"offline", "offline", "offline", "online", "online"};
  uint32_t other = chance(c, 50); /* a few lie before the cycle, and after the day of the decision */
  int year = other < 2 ? 2020 : other < 3 ? 2026 : 2021 + (int)((round + person) % 5);
  uint32_t halves = 10 + person % 5 * 16 + chance(c, 40);
  const char *kind = kinds[chance(c, 10)], *mode = modes[chance(c, 5)];
  uint32_t month = 1 + chance(c, 12), month_day = 1 + chance(c, 28);
  for (uint32_t more = 0; more < (record % to->every == 0 ? 2U : 1U); more++)
    fprintf(more ? to->changes : to->records, "R%09" PRIu64 ",P%07u,%s,%s,%d-%02u-%02u,%u%s\n", record, person, kind,
            mode, year, month, month_day, (halves + more) / 2, (halves + more) % 2 ? ".5" : "");
}

static void write_records(const char *folder, uint32_t people, uint32_t records) {
  static const char *const header = "record,person,kind,mode,day,hours";
  files to = {begin(folder, "records.csv", header), begin(folder, "changes.csv", header), 0};
  to.every = (uint64_t)people * records < 100 ? 1 : (uint64_t)people * records / 100;
  source_of_chance c = {2};
  const uint64_t stride = 7919; /* a prime: going on by it meets everybody, unless it divides their number */
  for (uint32_t round = 0; round < records; round++) {
    uint32_t first = chance(&c, people);
    for (uint32_t i = 0; i < people; i++) {
      uint32_t person = (uint32_t)((first + i * stride) % people);
      write_record(&to, &c, (uint64_t)round * people + i + 1, person, round);
    }
  }
  end(to.records, "records.csv");
  end(to.changes, "changes.csv");
}

int main(int count, char **arguments) {
  uint32_t people = count == 4 ? (uint32_t)strtoul(arguments[2], NULL, 10) : 0;
  uint32_t records = count == 4 ? (uint32_t)strtoul(arguments[3], NULL, 10) : 0;
  if (!people || !records || people % 7919 == 0) {
    fputs("usage: bench_data FOLDER PEOPLE RECORDS, where PEOPLE is no multiple of 7919\n", stderr);
    return 2;
  }
  write_people(arguments[1], people);
  write_records(arguments[1], people, records);
  return 0;
}
