/* register: numbers that a pack gives to people who have met a rule, such as certificates (证书编号).
 *
 * register { id = "completion", among = met "completion", kind = "certificate", region = "632800",
 *            number = "{region}{year}{cohort}{serial:4}{check}", check = "mod_11_2" }
 * Fields: region (a constant of the register), year (of the day of issue), programme and cohort (their codes), serial
 * (a fixed width, one of its own for each text around it) and check (ISO/IEC 7064, over all that stands before and
 * behind it). `kind` is a record kind about enrollments with the text attribute "number" and the statuses "in_force"
 * and "revoked".
 */
#ifndef HONGZHU_PACK_REGISTER_H
#define HONGZHU_PACK_REGISTER_H

#include "base/check_digit.h"
#include "pack/declare.h"

#define REGISTER_SERIAL_MOST 9 /* digits of a serial number */

typedef enum number_field {
  FIELD_TEXT,
  FIELD_REGION,
  FIELD_YEAR,
  FIELD_PROGRAMME,
  FIELD_COHORT,
  FIELD_SERIAL,
  FIELD_CHECK
} number_field;

typedef struct number_part {
  number_field field;
  const char *text; /* FIELD_TEXT */
  int width;        /* FIELD_SERIAL */
} number_part;

typedef struct declared_register {
  const char *id;
  said title;
  const char *kind;
  int32_t among; /* the rule that a holder has met */
  const char *region;
  const char *number; /* the template, as declared */
  number_part *parts;
  size_t parts_count;
  int width; /* of the serial number */
  bool checks;
  check_system check;
  place where;
} declared_register;

typedef struct number_words { /* what the fields stand for in one issue */
  const char *programme, *cohort;
  int32_t year;
} number_words;

/* The number; NULL with a fault where a field has no value or the check system cannot protect it. */
char *register_number(arena *a, const declared_register *r, number_words words, int64_t serial, faults *problems);
/* The serial number in a number of this register made from these words; 0 where it is not one. */
int64_t register_serial(arena *a, const declared_register *r, number_words words, const char *number);
int64_t register_most(const declared_register *r); /* the largest serial number that fits */
/* Reads the template; false with faults. */
bool register_template(const spot *declared, declared_register *out);

#endif
