#include "cli/completion.h"

#include "cli/help.h"
#include "host/foreign.h"
#include "pack/pack.h"
#include "task/ruling.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct completing {
  candidates *out;
  language in;
  const char *begins; /* what is there already */
  const char *before; /* put before each candidate: "--detail=" */
  const char *path;   /* of the ledger */
} completing;

static void offer_word(completing *k, const char *word, const char *about) {
  if (word == NULL || word[0] == '\0' || strncmp(word, k->begins, strlen(k->begins)) != 0) return;
  for (size_t i = 0; i < k->out->count; i++)
    if (strcmp(k->out->items[i].word + strlen(k->before), word) == 0) return;
  arena *a = k->out->memory;
  candidate *one = ARENA_PUSH(a, k->out->items, k->out->count, k->out->capacity);
  *one = (candidate){arena_format(a, "%s%s", k->before, word), arena_text(a, about)};
}

/* ---- values that the ledger, its pack and the plugins know ---- */

static void imports_of(completing *k, bool issues) {
  arena *a = k->out->memory;
  faults *unsaid = faults_new(a); /* a line being written is no place for faults */
  ledger *l = ledger_open(k->path, LEDGER_READ, unsaid);
  if (l == NULL) return;
  if (issues) {
    issued *rows;
    size_t count = ledger_issued(l, a, &rows, unsaid);
    for (size_t i = 0; i < count; i++) offer_word(k, arena_format(a, "%lld", (long long)rows[i].id), rows[i].report);
  } else {
    import *rows;
    size_t count = ledger_imports(l, a, &rows, unsaid);
    for (size_t i = 0; i < count; i++) offer_word(k, arena_format(a, "%lld", (long long)rows[i].id), rows[i].file_name);
  }
  ledger_close(l);
}

static void images_of(completing *k) {
  arena *a = k->out->memory;
  faults *unsaid = faults_new(a);
  image_row *rows;
  char digits[DIGEST_TEXT];
  ledger *l = ledger_open(k->path, LEDGER_READ, unsaid);
  if (l == NULL) return;
  size_t count = ledger_images(l, a, &rows, unsaid);
  for (size_t i = 0; i < count; i++) {
    digest_text(rows[i].id, digits);
    offer_word(k, arena_format(a, "%.12s", digits), arena_format(a, "%s %s", rows[i].pack, rows[i].version));
  }
  ledger_close(l);
}

typedef enum of_pack { PACK_RULES, PACK_GROUPS, PACK_FIGURES, PACK_REPORTS, PACK_ADAPTERS, PACK_PARAMETERS } of_pack;

static day today(void) {
  time_t now = time(NULL);
  struct tm parts;
  localtime_r(&now, &parts);
  return day_of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

/* "needed=", "weight.school=": what a value is to follow. */
static void offer_parameter(completing *k, const parameter *p) {
  arena *a = k->out->memory;
  const parameter_entry *e = &p->entries[p->entries_count - 1];
  if (p->form != PARAMETER_BY_WORD) offer_word(k, arena_format(a, "%s=", p->id), p->title.in[k->in]);
  for (size_t i = 0; p->form == PARAMETER_BY_WORD && i < e->words_count; i++)
    offer_word(k, arena_format(a, "%s.%s=", p->id, e->words[i].word), p->title.in[k->in]);
}

static void packs_in_force(completing *k) {
  arena *a = k->out->memory;
  faults *unsaid = faults_new(a);
  ruling *all;
  ledger *l = ledger_open(k->path, LEDGER_READ, unsaid);
  if (l == NULL) return;
  size_t count = rulings_on(l, today(), a, &all, unsaid);
  for (size_t i = 0; i < count; i++) offer_word(k, all[i].pack, all[i].organization);
  ledger_close(l);
}

static void from_pack(completing *k, of_pack what) {
  arena *a = k->out->memory;
  faults *unsaid = faults_new(a);
  ledger *l = ledger_open(k->path, LEDGER_READ, unsaid);
  pack *p = l == NULL ? NULL : pack_ruling(a, l, today(), unsaid);
  for (size_t i = 0; p != NULL && what == PACK_RULES && i < p->rules_count; i++)
    offer_word(k, p->rules[i].id, p->rules[i].title.in[k->in]);
  for (size_t i = 0; p != NULL && what == PACK_GROUPS && i < p->groups_count; i++)
    offer_word(k, p->groups[i].id, p->groups[i].title.in[k->in]);
  for (size_t i = 0; p != NULL && what == PACK_FIGURES && i < p->figures_count; i++)
    offer_word(k, p->figures[i].id, p->figures[i].title.in[k->in]);
  for (size_t i = 0; p != NULL && what == PACK_REPORTS && i < p->reports_count; i++)
    offer_word(k, p->reports[i].id, p->reports[i].title.in[k->in]);
  for (size_t i = 0; p != NULL && what == PACK_ADAPTERS && i < p->adapters_count; i++)
    offer_word(k, p->adapters[i].id, p->adapters[i].title.in[k->in]);
  for (size_t i = 0; p != NULL && what == PACK_PARAMETERS && i < p->parameters.count; i++)
    offer_parameter(k, &p->parameters.items[i]);
  ledger_close(l);
}

static void from_plugins(completing *k, bool readers, bool writers, bool names) {
  arena *a = k->out->memory;
  offers all = {0};
  offers_find(a, &all, faults_new(a));
  for (size_t i = 0; i < all.count; i++) {
    const offer *o = &all.items[i];
    if (names) offer_word(k, o->plugin, o->plugin_title.in[k->in]);
    if ((readers && o->kind == OFFER_READER) || (writers && o->kind == OFFER_WRITER))
      offer_word(k, o->name, o->title.in[k->in]);
  }
}

static void packs(completing *k) {
  const char **ids, **folders;
  size_t count = pack_folders(k->out->memory, &ids, &folders);
  for (size_t i = 0; i < count; i++) offer_word(k, ids[i], folders[i]);
  k->out->folders = true;
}

static void command_names(completing *k, const char *group) {
  size_t length = strlen(group);
  for (size_t i = 0; i < commands_count; i++) {
    const char *name = commands[i]->name;
    if (strncmp(name, group, length) != 0) continue;
    const char *rest = name + length, *blank = strchr(rest, ' ');
    const char *word = blank ? arena_text_of(k->out->memory, rest, (size_t)(blank - rest)) : rest;
    offer_word(k, word, blank ? NULL : commands[i]->help.in[k->in]);
  }
}

/* A value by what help calls it: "none|masked|full" are words themselves. */
static void value_of(completing *k, const command *of, const char *option, const char *called) {
  bool plugin = of && strncmp(of->name, "plugin ", 7) == 0;
  /* compare tries packs from anywhere; to the others a pack is one of those in force */
  bool tried = of == NULL || option == NULL || (strcmp(of->name, "compare") == 0 && strcmp(option, "--pack") == 0);
  if (strcmp(called, "PACK") == 0 && !tried)
    packs_in_force(k);
  else if (strcmp(called, "FOLDER|ID") == 0 || strcmp(called, "PACK") == 0)
    packs(k);
  else if (strcmp(called, "CODE|GROUP") == 0)
    from_pack(k, PACK_GROUPS);
  else if (strchr(called, '|') != NULL && strpbrk(called, "abcdefghijklmnopqrstuvwxyz") != NULL) {
    for (const char *at = called; *at;) {
      size_t length = strcspn(at, "|");
      offer_word(k, arena_text_of(k->out->memory, at, length), NULL);
      at += length + (at[length] == '|');
    }
  } else if (strncmp(called, "FILE", 4) == 0 || strcmp(called, "BACKUP") == 0)
    k->out->files = true;
  else if (strcmp(called, "FOLDER") == 0)
    k->out->folders = true;
  else if (strcmp(called, "IMPORT") == 0 || (option && strcmp(option, "--known-after") == 0))
    imports_of(k, false);
  else if (option && strcmp(option, "--again") == 0)
    imports_of(k, true);
  else if (strcmp(called, "IMAGE") == 0)
    images_of(k);
  else if (strcmp(called, "PARAMETER=VALUE") == 0)
    from_pack(k, PACK_PARAMETERS);
  else if (strcmp(called, "RULE") == 0)
    from_pack(k, PACK_RULES);
  else if (strcmp(called, "FIGURE") == 0)
    from_pack(k, PACK_FIGURES);
  else if (strcmp(called, "REPORT") == 0)
    from_pack(k, PACK_REPORTS);
  else if (option && strcmp(option, "--adapter") == 0)
    from_pack(k, PACK_ADAPTERS);
  else if (strcmp(called, "WRITER") == 0)
    from_plugins(k, false, true, false);
  else if (option && strcmp(option, "--reader") == 0)
    from_plugins(k, true, false, false);
  else if (plugin && strcmp(called, "NAME") == 0)
    from_plugins(k, true, true, true);
  else if (strcmp(called, "COMMAND") == 0)
    command_names(k, "");
}

/* ---- the line ---- */

static const option_row *option_named(const command *of, const char *name, size_t length) {
  for (size_t i = 0; of && i < of->options_count; i++)
    if (strlen(of->options[i].name) == length && strncmp(of->options[i].name, name, length) == 0)
      return &of->options[i];
  for (size_t i = 0; i < common_options_count; i++)
    if (strlen(common_options[i].name) == length && strncmp(common_options[i].name, name, length) == 0)
      return &common_options[i];
  return NULL;
}

/* The n-th argument as the usage calls it; of "FILE…" every one from there on. NULL where there is none. */
static const char *argument_called(arena *a, const command *of, size_t at) {
  const char *usage = of->usage ? of->usage : "";
  while (*usage) {
    size_t skip = strspn(usage, " []");
    usage += skip;
    size_t length = strcspn(usage, " []");
    if (length == 0 || usage[0] == '-') return NULL; /* options follow */
    char *word = arena_text_of(a, usage, length);
    char *many = strstr(word, "…");
    if (many) *many = '\0';
    if (at == 0 || many) return word;
    at--;
    usage += length;
  }
  return NULL;
}

static void option_names(completing *k, const command *of, const char *const *words, size_t count) {
  const option_row *const lists[] = {of ? of->options : NULL, common_options};
  const size_t counts[] = {of ? of->options_count : 0, common_options_count};
  for (size_t l = 0; l < 2; l++) {
    for (size_t i = 0; i < counts[l]; i++) {
      bool given = false;
      for (size_t w = 0; w + 1 < count && !lists[l][i].repeats; w++) {
        size_t length = strcspn(words[w], "=");
        given = given || (strlen(lists[l][i].name) == length && strncmp(words[w], lists[l][i].name, length) == 0);
      }
      if (!given) offer_word(k, lists[l][i].name, lists[l][i].help.in[k->in]);
    }
  }
  if (!of) offer_word(k, "--version", NULL);
}

static const command *whole_command(const char *name) {
  for (size_t i = 0; i < commands_count; i++)
    if (strcmp(commands[i]->name, name) == 0) return commands[i];
  return NULL;
}

static bool is_group(const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; i < commands_count; i++)
    if (strncmp(commands[i]->name, name, length) == 0 && commands[i]->name[length] == ' ') return true;
  return false;
}

/* bash takes "--detail=full" apart: it is put together again. *apart: the last word was. */
static size_t together(arena *a, const char *const *words, size_t count, const char **out, bool *apart) {
  size_t kept = 0;
  *apart = false;
  for (size_t i = 0; i < count; i++) {
    bool equals = strcmp(words[i], "=") == 0 && kept > 0 && strncmp(out[kept - 1], "--", 2) == 0;
    if (!equals) {
      out[kept++] = words[i];
      continue;
    }
    const char *rest = i + 1 < count ? words[++i] : "";
    out[kept - 1] = arena_format(a, "%s=%s", out[kept - 1], rest);
    *apart = i + 1 == count;
  }
  return kept;
}

void completion_of(const char *const *words, size_t count, language in, candidates *out) {
  arena *a = out->memory;
  bool apart, over = false;
  const char **line = arena_array(a, count + 1, sizeof *line);
  count = together(a, words, count, line, &apart);
  const char *last = count ? line[count - 1] : "", *named = getenv("HONGZHU_LEDGER"), *group = "";
  completing k = {out, in, last, "", named && named[0] ? named : "hongzhu.db"};
  const command *of = NULL;
  const option_row *waits = NULL; /* the option whose value comes next */
  size_t arguments = 0;
  for (size_t i = 0; i + 1 < count; i++) {
    const char *word = line[i], *equals = strchr(word, '=');
    if (waits) {
      if (strcmp(waits->name, "--ledger") == 0) k.path = word;
      waits = NULL;
    } else if (!over && strcmp(word, "--") == 0) {
      over = true;
    } else if (!over && word[0] == '-') {
      const option_row *row = option_named(of, word, strcspn(word, "="));
      if (row && row->argument && !equals) waits = row;
      if (row && equals && strcmp(row->name, "--ledger") == 0) k.path = equals + 1;
    } else if (of) {
      arguments++;
    } else if (!group[0] && strcmp(word, "help") == 0) {
      continue; /* "help pack list" is about what stands behind it */
    } else {
      group = arena_format(a, "%s%s", group, word);
      of = whole_command(group);
      if (!of && !is_group(group)) return;
      group = arena_format(a, "%s ", group);
    }
  }
  const char *equals = last[0] == '-' ? strchr(last, '=') : NULL;
  if (waits) {
    value_of(&k, of, waits->name, waits->argument);
  } else if (equals && !over) {
    const option_row *row = option_named(of, last, (size_t)(equals - last));
    k.begins = equals + 1;
    if (!apart) k.before = arena_text_of(a, last, (size_t)(equals - last) + 1);
    if (row && row->argument) value_of(&k, of, row->name, row->argument);
  } else if (last[0] == '-' && !over) {
    option_names(&k, of, line, count);
  } else if (!of) {
    command_names(&k, group);
  } else {
    const char *called = argument_called(a, of, arguments);
    if (called) value_of(&k, of, NULL, called);
  }
}

/* ---- the shells' functions ---- */

const char completion_bash[] =
    "# bash completion for hongzhu; made by: hongzhu completion bash\n"
    "_hongzhu() {\n"
    "  local line cur=${COMP_WORDS[COMP_CWORD]} IFS=$'\\n'\n"
    "  [ \"$cur\" = = ] && cur=\n"
    "  COMPREPLY=()\n"
    "  for line in $(\"$1\" completion --list -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null); do\n"
    "    case $line in\n"
    "      :files) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- \"$cur\")) ;;\n"
    "      :folders) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- \"$cur\")) ;;\n"
    "      *=$'\\t'*) compopt -o nospace 2>/dev/null; COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "      *) COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "    esac\n"
    "  done\n"
    "}\n"
    "complete -F _hongzhu hongzhu\n";

const char completion_zsh[] =
    "#compdef hongzhu\n"
    "# zsh completion for hongzhu; made by: hongzhu completion zsh\n"
    "_hongzhu() {\n"
    "  local line word about\n"
    "  local -a described valued\n"
    "  for line in \"${(@f)$(\"${words[1]}\" completion --list -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)}\"; do\n"
    "    case $line in\n"
    "      '') ;;\n"
    "      :files) _files ;;\n"
    "      :folders) _files -/ ;;\n"
    "      *)\n"
    "        word=${line%%$'\\t'*} about=\n"
    "        [[ $line == *$'\\t'* ]] && about=${line#*$'\\t'}\n"
    "        word=${word//:/\\\\:}${about:+:$about}\n"
    "        if [[ $line == *=$'\\t'* ]]; then valued+=(\"$word\"); else described+=(\"$word\"); fi ;;\n"
    "    esac\n"
    "  done\n"
    "  (( $#described )) && _describe -V hongzhu described\n"
    "  (( $#valued )) && _describe -V hongzhu valued -S ''\n"
    "}\n"
    "if [ \"$funcstack[1]\" = _hongzhu ]; then\n"
    "  _hongzhu \"$@\"\n"
    "else\n"
    "  compdef _hongzhu hongzhu\n"
    "fi\n";
