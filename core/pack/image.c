#include "pack/image.h"

#include "host/box.h"
#include "pack/source_lines.h"

#include <string.h>

bool pack_text_from(arena *a, const char *canonical, pack_text *out, faults *problems) {
  (void)a;
  *out = (pack_text){0};
  json_t *both = json_loads(canonical, JSON_REJECT_DUPLICATES, NULL);
  json_t *files = json_object_get(both, "files"), *order = json_object_get(both, "order");
  bool good = json_is_object(files) && json_is_array(order) && json_array_size(order) > 0;
  const char *name;
  json_t *text;
  json_object_foreach(files, name, text) good = good && json_is_string(text);
  for (size_t i = 0; good && i < json_array_size(order); i++) good = json_is_string(json_array_get(order, i));
  if (good) {
    out->files = json_incref(files);
    out->order = json_incref(order);
  }
  json_decref(both);
  if (good) return true;
  return fault_add(problems, NOWHERE, "the text of a pack kept in the ledger cannot be read",
                   "无法读取台账中保存的规则包文本");
}

char *pack_text_canonical(arena *a, const pack_text *text) {
  json_t *both = json_pack("{s:O, s:O}", "files", text->files, "order", text->order);
  char *canonical = json_canonical(a, both);
  json_decref(both);
  return canonical;
}

place image_place(arena *a, const pack_text *text, const char *at, const char *const *keys, size_t count) {
  place where = box_place(a, at);
  const char *source = text ? json_member_text(text->files, where.file) : NULL;
  if (source && count > 0) where.line = source_line(source, where.line, keys, count);
  return where;
}
