#include "base/check_digit.h"

#include <stddef.h>
#include <string.h>

const char *const check_system_names[CHECK_SYSTEMS] = {"mod_11_2", "mod_37_2"};

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static const struct {
  unsigned modulus;
  size_t letters; /* of the alphabet above */
  const char *checks;
} systems[CHECK_SYSTEMS] = {{11, 10, "0123456789X"}, {37, 36, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"}};

static const char *position(check_system system, char c) {
  return memchr(alphabet, c, systems[system].letters);
}

bool check_digit_fits(check_system system, const char *text) {
  bool any = false;
  for (; *text != '\0'; text++) {
    bool counts = position(system, *text) != NULL;
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (unsigned char)*text >= 0x80;
    if (!counts && letter) return false;
    any = any || counts;
  }
  return any;
}

/* Powers of two from the right, the check character itself being the rightmost: the sum must be 1. */
char check_digit(check_system system, const char *text) {
  unsigned modulus = systems[system].modulus, sum = 0;
  for (; *text != '\0'; text++) {
    const char *found = position(system, *text);
    if (found != NULL) sum = (sum + (unsigned)(found - alphabet)) * 2 % modulus;
  }
  return systems[system].checks[(modulus + 1 - sum) % modulus];
}
