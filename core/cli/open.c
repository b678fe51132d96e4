#include "cli/open.h"

#include "task/who.h"

#include <unistd.h>

static void tell_waiting(void *context, said words) {
  const call *c = context;
  if (!isatty(fileno(c->err))) return;
  fprintf(c->err, "%s\n", text_for_terminal(c->memory, words.in[c->in]));
  fflush(c->err);
}

/* The command as it was given, without its options. */
static const char *doing(const call *c) {
  buffer text = {0};
  buffer_format(&text, "hongzhu %s", c->command->name);
  for (size_t i = 0; i < c->arguments_count; i++) buffer_format(&text, " %s", c->arguments[i]);
  const char *out = arena_text(c->memory, text.at);
  buffer_free(&text);
  return out;
}

ledger *open_ledger(call *c, ledger_mode mode) {
  ledger_user by = {.who = who_user(c->memory),
                    .doing = doing(c),
                    .since = who_now(c->memory),
                    .milliseconds = (int)c->wait * 1000,
                    .waiting = tell_waiting,
                    .context = c};
  return ledger_open_by(c->ledger, mode, &by, c->problems);
}
