/* backup, restore: the whole ledger as one file, and back. */
#include "cli/print.h"
#include "cli/unmasked.h"
#include "ledger/backup.h"
#include "task/who.h"

static const option_row backup_options[] = {
    {"--with-key",
     NULL,
     {{"把身份证号的密钥也放进去；谁得到这样的备份，就能试出身份证号",
       "put the key of ID numbers in as well; who gets such a backup can find out ID numbers by trying"}},
     false},
};

static void step(void *context, archive_stage stage, int64_t done, int64_t all) {
  static const said words[] = {[ARCHIVE_COPIED] = {{"已复制页数", "pages copied"}},
                               [ARCHIVE_CHECKED] = {{"已核对", "checked"}},
                               [ARCHIVE_WRITTEN] = {{"已写入字节", "bytes written"}},
                               [ARCHIVE_READ] = {{"已读出字节", "bytes read"}}};
  print_progress(context, words[stage].in[LANGUAGE_EN], words[stage].in[LANGUAGE_ZH], (uint64_t)done, (uint64_t)all);
}

static const char *digest_string(arena *a, digest d) {
  char *text = arena_take(a, DIGEST_TEXT);
  digest_text(d, text);
  return text;
}

static void put_json(const call *c, const backup_done *done, bool restored) {
  char chain[DIGEST_TEXT];
  digest_text(done->chain, chain);
  json_t *value = json_pack("{s:s, s:s, s:I, s:s, s:I, s:b}", "backup", c->arguments[0], "ledger", c->ledger, "imports",
                            (json_int_t)done->imports, "chain", chain, "kept_files", (json_int_t)done->kept, "key",
                            restored ? done->key_there : done->key);
  if (done->at != NULL) json_object_set_new(value, "made", json_string(done->at));
  print_json(c, value);
  json_decref(value);
}

static int run_backup(call *c) {
  backup_done done;
  backup_order order = {.file = c->arguments[0],
                        .with_key = call_has(c, "--with-key"),
                        .who = who_user(c->memory),
                        .at = who_now(c->memory),
                        .progress = {step, c}};
  ledger *l = ledger_open(c->ledger, LEDGER_READ, c->problems);
  if (l == NULL) return EXIT_LEDGER;
  bool good = unmasked_noted(c, l, order.with_key ? "--with-key" : "", "the whole ledger") &&
              ledger_backup(l, &order, c->memory, &done, c->problems);
  print_progress_end(c);
  ledger_close(l);
  if (!good) return call_exit(c);
  print_line(c, "backed up and verified: %s (imports %lld, chain %.16s, kept files %zu, %s bytes)",
             "已备份并核对：%s（导入 %lld 次，链 %.16s，原始文件 %zu 个，%s 字节）", order.file,
             (long long)done.imports, digest_string(c->memory, done.chain), done.kept,
             print_count(c->memory, done.size));
  if (done.key)
    print_line(c, "  the key of ID numbers is in it: keep it as you would keep the ID numbers",
               "  其中包含身份证号的密钥：请像保管身份证号一样保管");
  else
    print_line(
        c,
        "  the key \"%s.key\" is not in it: keep a copy apart from it; without the key a restored ledger takes no "
        "file with ID numbers, as it cannot tell whose they are",
        "  其中不含密钥“%s.key”：请另行保存一份；没有密钥，恢复后的台账不能导入带身份证号的文件，因为无法判断是谁的",
        c->ledger);
  put_json(c, &done, false);
  return EXIT_DONE;
}

const command command_backup = {
    .name = "backup",
    .usage = "FILE [--with-key]",
    .help = {{"把整个台账备份成一个文件；备份时其他命令可照常进行",
              "back the whole ledger up into one file, while other commands go on"}},
    .examples = {{"hongzhu backup 2025-12-31.zip # 数据库和全部原始文件，写好后核对\n"
                  "hongzhu backup /media/disk/jxjy.zip --with-key # 连同密钥",
                  "hongzhu backup 2025-12-31.zip # the database and all kept files, verified when written\n"
                  "hongzhu backup /media/disk/training.zip --with-key # and the key"}},
    OPTIONS(backup_options),
    .least = 1,
    .most = 1,
    .run = run_backup,
};

static int run_restore(call *c) {
  backup_done done;
  backup_order order = {.file = c->arguments[0], .progress = {step, c}};
  bool good = ledger_restore(c->ledger, &order, c->memory, &done, c->problems);
  print_progress_end(c);
  if (!good) return call_exit(c);
  print_line(c, "restored and verified: the ledger \"%s\" as of %s (imports %lld, chain %.16s, kept files %zu)",
             "已恢复并核对：台账“%s”，备份于 %s（导入 %lld 次，链 %.16s，原始文件 %zu 个）", c->ledger,
             done.at == NULL ? "?" : done.at, (long long)done.imports, digest_string(c->memory, done.chain), done.kept);
  if (done.key_there)
    print_line(c, "  next: hongzhu doctor", "  下一步：hongzhu doctor");
  else
    print_line(c, "  next: put the key that was kept apart at \"%s.key\" (mode 0600), then: hongzhu doctor",
               "  下一步：把另行保存的密钥放到“%s.key”（权限 0600），再运行 hongzhu doctor", c->ledger);
  put_json(c, &done, true);
  return EXIT_DONE;
}

const command command_restore = {
    .name = "restore",
    .usage = "BACKUP [--ledger NEW]",
    .help = {{"由备份恢复台账；已有的台账不会被覆盖",
              "make a ledger from a backup; one that is there is never replaced"}},
    .examples = {{"hongzhu restore 2025-12-31.zip --ledger restored.db # 先全部核对，再放到位",
                  "hongzhu restore 2025-12-31.zip --ledger restored.db # all is verified before it is put in place"}},
    .least = 1,
    .most = 1,
    .run = run_restore,
};
