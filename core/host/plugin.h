/* plugin: a shared object opened, its table checked as a whole and copied. In workers only.
 *
 * Structs of a plugin are read as far as their size reaches, at least to the last field of version 1.0, into structs of
 * this program's own; what an older plugin does not have is zero. Everything is checked before anything is used: names,
 * UTF-8, lengths, counts, duplicates, missing callbacks. Nothing is ever unloaded.
 */
#ifndef HONGZHU_HOST_PLUGIN_H
#define HONGZHU_HOST_PLUGIN_H

#include "base/fault.h"
#include "hongzhu/plugin.h"

typedef struct plugin {
  hongzhu_plugin about; /* its texts; use the lists below instead of those in it */
  const char *file;
  hongzhu_reader *readers; /* about.readers_count */
  hongzhu_writer *writers;
  hongzhu_rule *rules;
} plugin;

#define PLUGIN_OFFERS_MOST  64 /* of one kind */
#define PLUGIN_OPTIONS_MOST 64
#define PLUGIN_NAME_MOST    64
#define PLUGIN_TEXT_MOST    1024

/* False with all that is wrong with it. The texts stay the plugin's own. */
bool plugin_load(arena *a, const char *file, plugin *out, faults *problems);

/* NULL with a fault that names the nearest. */
const hongzhu_reader *plugin_reader(const plugin *p, const char *name, faults *problems);
const hongzhu_writer *plugin_writer(const plugin *p, const char *name, faults *problems);
const hongzhu_rule *plugin_rule(const plugin *p, const char *name, faults *problems);

/* ---- what both sides check ---- */

bool plugin_name_good(const char *text); /* a letter, then letters, digits and _, lower case */
bool plugin_text_good(const char *text); /* UTF-8 without control characters, not empty, not too long */
bool plugin_extensions_good(const char *text, bool several);
bool plugin_option_type_good(const char *type);
bool plugin_option_value_good(const char *type, const char *value);

/* A text with a length: UTF-8 (absent counts as that), at most `most` bytes. */
bool plugin_piece_good(hongzhu_text text, size_t most);

#endif
