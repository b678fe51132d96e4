/* check_digit: the check character of a number that people copy by hand, after ISO/IEC 7064.
 *
 * Both systems find every single wrong character and every pair of neighbours exchanged. What is neither a digit nor
 * (MOD 37-2) a capital letter is a separator and counts for nothing.
 */
#ifndef HONGZHU_BASE_CHECK_DIGIT_H
#define HONGZHU_BASE_CHECK_DIGIT_H

#include <stdbool.h>

typedef enum check_system {
  CHECK_MOD_11_2, /* over digits; the check character is a digit or X, as in ID numbers */
  CHECK_MOD_37_2, /* over digits and capital letters; the check character is one of them or * */
  CHECK_SYSTEMS
} check_system;

extern const char *const check_system_names[CHECK_SYSTEMS]; /* "mod_11_2", "mod_37_2" */

/* Whether the system can protect such a text: at least one character, and none that it would pass over unprotected (a
 * letter under MOD 11-2, a small letter or anything outside ASCII under both). */
bool check_digit_fits(check_system system, const char *text);
char check_digit(check_system system, const char *text); /* of a text that fits */

#endif
