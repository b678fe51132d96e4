#include "task/resident.h"

#include "base/date.h"

#include <string.h>

static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
static const char checks[12] = "10X98765432";

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static char *cleaned(arena *a, const char *text) {
  char *plain = text_plain(a, text);
  char *to = plain;
  for (const char *from = plain; *from != '\0'; from++) {
    if (*from == ' ' || *from == '\'' || *from == '\t') continue;
    *to++ = *from == 'x' ? 'X' : *from;
  }
  *to = '\0';
  return plain;
}

static bool is_scientific(const char *text) {
  size_t digits = strspn(text, "0123456789.");
  return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') &&
         strspn(text + digits + 1, "+0123456789") == strlen(text + digits + 1) && text[digits + 1] != '\0';
}

static char check_of(const char *number) {
  int sum = 0;
  for (int i = 0; i < 17; i++) sum += (number[i] - '0') * weights[i];
  return checks[sum % 11];
}

static bool birth_is_day(const char *number) {
  int parts[3] = {0, 0, 0};
  for (int i = 6; i < 14; i++) {
    int *part = &parts[i < 10 ? 0 : i < 12 ? 1 : 2];
    *part = *part * 10 + (number[i] - '0');
  }
  return day_of(parts[0], parts[1], parts[2]) != DAY_NONE;
}

resident_problem resident_read(arena *a, const char *text, char out[RESIDENT_SIZE]) {
  char *number = cleaned(a, text);
  size_t length = strlen(number), digits = strspn(number, "0123456789");
  if (is_scientific(number)) return RESIDENT_SCIENTIFIC;
  if (length == 15 && digits == 15) return RESIDENT_OLD;
  if (length != 18)
    return digits == length || (digits == length - 1 && number[digits] == 'X') ? RESIDENT_LENGTH : RESIDENT_CHARACTERS;
  if (digits < 17 || (!is_digit(number[17]) && number[17] != 'X')) return RESIDENT_CHARACTERS;
  bool right = check_of(number) == number[17];
  if (!right && strcmp(number + 15, "000") == 0) return RESIDENT_TAIL_LOST;
  if (!birth_is_day(number)) return RESIDENT_BIRTH;
  if (!right) return RESIDENT_CHECK;
  memcpy(out, number, RESIDENT_SIZE);
  return RESIDENT_GOOD;
}

said resident_words(resident_problem problem) {
  switch (problem) {
  case RESIDENT_SCIENTIFIC:
    return (said){{"被表格软件变成了科学计数法", "was turned into scientific notation by a spreadsheet"}};
  case RESIDENT_TAIL_LOST:
    return (said){{"的末尾被表格软件变成了 000", "lost its last digits to a spreadsheet, which wrote 000"}};
  case RESIDENT_OLD:
    return (said){{"是 15 位旧号码，应为 18 位", "is an old one of 15 digits, 18 are expected"}};
  case RESIDENT_LENGTH:
    return (said){{"不是 18 位", "does not have 18 characters"}};
  case RESIDENT_CHARACTERS:
    return (said){{"含有不该有的字符", "has characters that do not belong there"}};
  case RESIDENT_BIRTH:
    return (said){{"中的出生日期不存在", "holds a day of birth that does not exist"}};
  case RESIDENT_CHECK:
    return (said){{"的校验码不对", "has a wrong check digit"}};
  default:
    return (said){{"正确", "is good"}};
  }
}

said resident_next(resident_problem problem) {
  if (problem == RESIDENT_SCIENTIFIC || problem == RESIDENT_TAIL_LOST)
    return (said){{"请把该列设为文本格式，从原始材料重新填写完整号码",
                   "make the column a text column and enter the whole number again from the original papers"}};
  return (said){{"请核对原始材料后改正", "compare it with the original papers and correct it"}};
}

digest resident_hash(const digest *key, const char number[RESIDENT_SIZE]) {
  return digest_keyed(key, number, RESIDENT_SIZE - 1);
}

char *resident_masked(arena *a, const char *text) {
  char *masked = arena_text(a, text);
  size_t length = strlen(text), digits = 0;
  for (const char *p = text; *p != '\0'; p++) digits += is_digit(*p) ? 1 : 0;
  if (digits < 12) return masked;
  for (size_t i = 0; i + 4 < length; i++)
    if (is_digit(masked[i])) masked[i] = '*';
  return masked;
}
