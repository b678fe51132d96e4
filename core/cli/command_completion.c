/* completion: the functions with which a shell completes this program's command lines, and what they ask. */
#include "cli/completion.h"
#include "cli/print.h"

static const option_row options[] = {
    {"--list",
     NULL,
     {{"列出命令行“--”之后最后一个词可以怎样补全；供上面的函数使用",
       "what may complete the last of the words behind \"--\"; the functions ask this"}},
     false},
};

static int list(call *c) {
  candidates all = {.memory = c->memory};
  completion_of(c->arguments, c->arguments_count, c->in, &all);
  json_t *rows = json_array();
  for (size_t i = 0; i < all.count; i++) {
    const candidate *one = &all.items[i];
    const char *about = one->about ? text_for_terminal(c->memory, one->about) : "";
    if (!c->json) fprintf(c->out, "%s%s%s\n", text_for_terminal(c->memory, one->word), about[0] ? "\t" : "", about);
    json_array_append_new(rows, json_pack("{s:s, s:s}", "word", one->word, "about", about));
  }
  if (!c->json && all.files) fputs(":files\n", c->out);
  if (!c->json && all.folders && !all.files) fputs(":folders\n", c->out);
  json_t *value = json_pack("{s:o, s:b, s:b}", "words", rows, "files", all.files, "folders", all.folders);
  print_json(c, value);
  json_decref(value);
  return EXIT_DONE;
}

static int completion(call *c) {
  static const char *const shells[] = {"bash", "zsh"};
  size_t which;
  if (call_has(c, "--list")) return list(c);
  if (c->arguments_count != 1) {
    fault_add(c->problems, NOWHERE, "one shell is to be named: bash or zsh", "请写明一种shell：bash 或 zsh");
    return EXIT_USAGE;
  }
  if (!call_one_of(c, "completion", c->arguments[0], shells, 2, &which)) return EXIT_USAGE;
  const char *text = which == 0 ? completion_bash : completion_zsh;
  if (!c->json) fputs(text, c->out);
  json_t *value = json_pack("{s:s}", "script", text);
  print_json(c, value);
  json_decref(value);
  return EXIT_DONE;
}

const command command_completion = {
    .name = "completion",
    .usage = "bash|zsh",
    .help = {{"输出shell的自动补全脚本", "print the script with which a shell completes command lines"}},
    .examples = {{"source <(hongzhu completion bash) # 在当前bash中启用\n"
                  "hongzhu completion zsh > ~/.zfunc/_hongzhu",
                  "source <(hongzhu completion bash) # for this bash\n"
                  "hongzhu completion zsh > ~/.zfunc/_hongzhu"}},
    OPTIONS(options),
    .least = 0,
    .most = ARGUMENTS_ANY,
    .run = completion,
};
