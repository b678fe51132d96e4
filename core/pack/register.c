#include "pack/register.h"

#include "base/text.h"

#include <string.h>

static const char *const fields[] = {"", "region", "year", "programme", "cohort", "serial", "check"};

/* ---- the template ---- */

static bool read_field(const spot *declared, const char *name, number_part *out) {
  size_t length = strcspn(name, ":");
  static const size_t count = sizeof fields / sizeof *fields;
  for (size_t i = FIELD_REGION; i < count; i++)
    if (strlen(fields[i]) == length && !strncmp(fields[i], name, length)) out->field = (number_field)i;
  if (out->field == FIELD_TEXT) {
    spot_fault(declared, "a number has no field {%s}", "编号中没有字段 {%s}", name);
    const char *near = text_nearest(name, fields + 1, count - 1);
    if (near) return fault_next(declared->to->problems, "did you mean {%s}?", "是否应为 {%s}？", near);
    return fault_next(declared->to->problems, "the fields are {region} {year} {programme} {cohort} {serial:4} {check}",
                      "可用字段：{region} {year} {programme} {cohort} {serial:4} {check}");
  }
  if (out->field != FIELD_SERIAL) return true;
  const char *width = name[length] == ':' ? name + length + 1 : "";
  if (strlen(width) == 1 && width[0] >= '1' && width[0] <= '0' + REGISTER_SERIAL_MOST) {
    out->width = width[0] - '0';
    return true;
  }
  return spot_fault(declared, "{%s}: the serial number has a width of 1 to %d digits, as in {serial:4}",
                    "{%s}：流水号的宽度为 1 至 %d 位，例如 {serial:4}", name, REGISTER_SERIAL_MOST);
}

bool register_template(const spot *declared, declared_register *out) {
  arena *a = declared->to->memory;
  const char *at = out->number;
  size_t capacity = 0;
  int serials = 0, checks = 0;
  while (*at) {
    number_part part = {.field = FIELD_TEXT};
    size_t length;
    if (*at == '{') {
      length = strcspn(at, "}");
      if (at[length] != '}') return spot_fault(declared, "a { is not closed", "{ 没有对应的 }");
      char *name = arena_text_of(a, at + 1, length - 1);
      if (!read_field(declared, name, &part)) return false;
      length++;
    } else {
      length = strcspn(at, "{");
      part.text = arena_text_of(a, at, length);
    }
    at += length;
    serials += part.field == FIELD_SERIAL;
    checks += part.field == FIELD_CHECK;
    if (part.field == FIELD_SERIAL) out->width = part.width;
    if (part.field == FIELD_REGION && !out->region)
      return spot_fault(declared, "the number has {region}, but the register does not say region = \"…\"",
                        "编号中有 {region}，但未写明 region = \"…\"");
    *ARENA_PUSH(a, out->parts, out->parts_count, capacity) = part;
  }
  if (serials != 1)
    return spot_fault(declared, "the number has exactly one {serial:N}: it has %d",
                      "编号须恰有一个 {serial:N}，现有 %d 个", serials);
  if (checks > 1 || (checks == 1) != out->checks) {
    spot_fault(declared, "the field {check} and check = \"…\" go together", "字段 {check} 与 check = \"…\" 须同时使用");
    return fault_next(declared->to->problems, "write {check} once and check = \"mod_11_2\" or \"mod_37_2\"",
                      "请写一个 {check}，并写明 check = \"mod_11_2\" 或 \"mod_37_2\"");
  }
  return true;
}

/* ---- numbers ---- */

int64_t register_most(const declared_register *r) {
  int64_t most = 1;
  for (int i = 0; i < r->width; i++) most *= 10;
  return most - 1;
}

static const char *field_text(arena *a, const declared_register *r, const number_part *part, number_words words,
                              int64_t serial) {
  switch (part->field) {
  case FIELD_TEXT:
    return part->text;
  case FIELD_REGION:
    return r->region;
  case FIELD_YEAR:
    return arena_format(a, "%04d", (int)words.year);
  case FIELD_PROGRAMME:
    return words.programme;
  case FIELD_COHORT:
    return words.cohort;
  case FIELD_SERIAL:
    return arena_format(a, "%0*lld", r->width, (long long)serial);
  case FIELD_CHECK:
    return "";
  }
  return NULL;
}

char *register_number(arena *a, const declared_register *r, number_words words, int64_t serial, faults *problems) {
  const char *before = "", *behind = "";
  bool checked = false;
  for (size_t i = 0; i < r->parts_count; i++) {
    const number_part *part = &r->parts[i];
    if (part->field == FIELD_CHECK) {
      checked = true;
      continue;
    }
    const char *text = field_text(a, r, part, words, serial);
    if (!text || !text[0]) {
      fault_add(problems, r->where, "no number can be made for cohort \"%s\": there is no code for {%s}",
                "无法为批次“%s”编号：{%s} 没有代码", words.cohort ? words.cohort : "-", fields[part->field]);
      return NULL;
    }
    const char **to = checked ? &behind : &before;
    *to = arena_format(a, "%s%s", *to, text);
  }
  char *plain = arena_format(a, "%s%s", before, behind);
  if (!checked) return plain;
  if (!check_digit_fits(r->check, plain)) {
    fault_add(problems, r->where, "the check \"%s\" cannot protect the characters of \"%s\"",
              "校验方式“%s”不适用于“%s”中的字符", check_system_names[r->check], plain);
    fault_next(problems, "mod_11_2 takes digits, mod_37_2 digits and capital letters, both separators such as - and /",
               "mod_11_2 只用于数字，mod_37_2 可用于数字和大写字母，二者都可有 - / 等分隔符");
    return NULL;
  }
  return arena_format(a, "%s%c%s", before, check_digit(r->check, plain), behind);
}

int64_t register_serial(arena *a, const declared_register *r, number_words words, const char *number) {
  const char *at = number;
  int64_t serial = 0;
  for (size_t i = 0; i < r->parts_count; i++) {
    const number_part *part = &r->parts[i];
    if (part->field == FIELD_CHECK) {
      if (!*at) return 0;
      at++;
      continue;
    }
    if (part->field == FIELD_SERIAL) {
      for (int n = 0; n < r->width; n++, at++) {
        if (*at < '0' || *at > '9') return 0;
        serial = serial * 10 + (*at - '0');
      }
      continue;
    }
    const char *text = field_text(a, r, part, words, 0);
    size_t length = text ? strlen(text) : 0;
    if (!length || strncmp(at, text, length) != 0) return 0;
    at += length;
  }
  return *at ? 0 : serial;
}
