#include "cli/cli.h"

/* One line for each command, here and in the list below, in the order of help. */
extern const command command_init;
extern const command command_import;
extern const command command_undo;
extern const command command_log;
extern const command command_status;
extern const command command_pack_list;
extern const command command_pack_show;
extern const command command_pack_new;
extern const command command_pack_check;
extern const command command_pack_test;
extern const command command_pack_use;
extern const command command_evaluate;
extern const command command_explain;
extern const command command_trace;
extern const command command_compare;
extern const command command_report;
extern const command command_certificate_issue;
extern const command command_certificate_list;
extern const command command_certificate_check;
extern const command command_certificate_revoke;
extern const command command_verify;
extern const command command_backup;
extern const command command_restore;
extern const command command_doctor;
extern const command command_manual;
extern const command command_completion;
extern const command command_person_show;
extern const command command_person_merge;
extern const command command_plugin_list;
extern const command command_plugin_show;
extern const command command_plugin_note;
extern const command command_plugin_new;
extern const command command_plugin_check;

/* clang-format off */
const command *const commands[] = {
    &command_init,
    &command_import,
    &command_undo,
    &command_log,
    &command_status,
    &command_pack_list,
    &command_pack_show,
    &command_pack_new,
    &command_pack_check,
    &command_pack_test,
    &command_pack_use,
    &command_evaluate,
    &command_explain,
    &command_trace,
    &command_compare,
    &command_report,
    &command_certificate_issue,
    &command_certificate_list,
    &command_certificate_check,
    &command_certificate_revoke,
    &command_verify,
    &command_backup,
    &command_restore,
    &command_doctor,
    &command_manual,
    &command_completion,
    &command_person_show,
    &command_person_merge,
    &command_plugin_list,
    &command_plugin_show,
    &command_plugin_note,
    &command_plugin_new,
    &command_plugin_check,
};
/* clang-format on */

const size_t commands_count = sizeof commands / sizeof *commands;
