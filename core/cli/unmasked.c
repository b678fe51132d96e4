#include "cli/unmasked.h"

#include "ledger/access.h"
#include "task/who.h"

bool unmasked_noted(call *c, const ledger *l, const char *what, const char *of) {
  const char *done = arena_format(c->memory, "%s%s%s", c->command->name, what[0] ? " " : "", what);
  access_entry entry = {.at = who_now(c->memory), .who = who_user(c->memory), .command = done, .of = of};
  return ledger_access_note(l, &entry, c->problems);
}

const char *unmasked_subject(arena *a, const subjects *s, fact_type type, uint32_t row) {
  if (type == FACT_NONE) return "everyone";
  const fact_columns *t = &s->of[type];
  if (t->code[row] != 0) return arena_format(a, "%s %s", fact_type_name(type), s->words[t->code[row]]);
  return arena_format(a, "%s number %lld", fact_type_name(type), (long long)t->entity[row]);
}
