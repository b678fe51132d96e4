#include "workbook.h"

enum { PARTS_MOST = 32, HEAD = 30, ENTRY = 46, END = 22 };

typedef struct part {
  const uint8_t *name, *text;
  size_t name_length, text_length, at;
  uint32_t sum;
} part;

static uint32_t sum_of(const uint8_t *bytes, size_t length) { /* CRC-32 */
  uint32_t sum = UINT32_MAX;
  for (size_t i = 0; i < length; i++) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (sum & 1 ? UINT32_C(0xEDB88320) : 0);
  }
  return ~sum;
}

static void put(uint8_t **at, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; i++) *(*at)++ = (uint8_t)(number >> (8 * i));
}

static void put_bytes(uint8_t **at, const uint8_t *bytes, size_t length) {
  if (length) memcpy(*at, bytes, length);
  *at += length;
}

static size_t parts_of(fuzz_bytes *input, part *parts) {
  size_t count = 0;
  const uint8_t *end = input->at + input->left;
  for (const uint8_t *at = input->at; at < end && count < PARTS_MOST;) {
    const uint8_t *stop = memchr(at, 0x1E, (size_t)(end - at));
    if (!stop) stop = end;
    const uint8_t *line = memchr(at, '\n', (size_t)(stop - at));
    if (line && line - at < 200) {
      part *p = &parts[count++];
      *p = (part){
          .name = at, .name_length = (size_t)(line - at), .text = line + 1, .text_length = (size_t)(stop - line - 1)};
      p->sum = sum_of(p->text, p->text_length);
    }
    at = stop < end ? stop + 1 : end;
  }
  return count;
}

/* The fields that a local head and an entry of the directory share. */
static void put_shared(uint8_t **at, const part *p) {
  put(at, 20, 2);
  put(at, 0x800, 2); /* names are UTF-8 */
  put(at, 0, 2);     /* stored */
  put(at, 0, 2);
  put(at, 33, 2); /* 1980-01-01 */
  put(at, p->sum, 4);
  put(at, p->text_length, 4);
  put(at, p->text_length, 4);
  put(at, p->name_length, 2);
  put(at, 0, 2);
}

uint8_t *workbook_archive(fuzz_bytes *input, size_t *length) {
  part parts[PARTS_MOST];
  size_t count = parts_of(input, parts), size = END;
  for (size_t i = 0; i < count; i++) size += HEAD + ENTRY + 2 * parts[i].name_length + parts[i].text_length;
  uint8_t *archive = malloc(size), *at = archive;
  if (!archive) abort();
  for (size_t i = 0; i < count; i++) {
    parts[i].at = (size_t)(at - archive);
    put(&at, UINT32_C(0x04034B50), 4);
    put_shared(&at, &parts[i]);
    put_bytes(&at, parts[i].name, parts[i].name_length);
    put_bytes(&at, parts[i].text, parts[i].text_length);
  }
  size_t directory = (size_t)(at - archive);
  for (size_t i = 0; i < count; i++) {
    put(&at, UINT32_C(0x02014B50), 4);
    put(&at, 20, 2);
    put_shared(&at, &parts[i]);
    put(&at, 0, 2); /* comment */
    put(&at, 0, 2); /* disk */
    put(&at, 0, 2);
    put(&at, 0, 4);
    put(&at, parts[i].at, 4);
    put_bytes(&at, parts[i].name, parts[i].name_length);
  }
  size_t end = (size_t)(at - archive);
  put(&at, UINT32_C(0x06054B50), 4);
  put(&at, 0, 4);
  put(&at, count, 2);
  put(&at, count, 2);
  put(&at, end - directory, 4);
  put(&at, directory, 4);
  put(&at, 0, 2);
  *length = (size_t)(at - archive);
  fuzz_promise(*length == size);
  return archive;
}
