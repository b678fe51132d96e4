#include "cli/exits.h"

#include "cli/cli.h"

const exit_row exit_rows[EXIT_ROWS] = {
    {EXIT_DONE, {{"完成", "done"}}},
    {EXIT_NO,
     {{"回答是“否”，或有发现：检查、核对、测试、体检、被退回的行、不能撤销",
       "the answer is no, or there are findings: check, verify, tests, doctor, rejected rows, an undo refused"}}},
    {EXIT_USAGE, {{"命令写错了", "the command line is wrong"}}},
    {EXIT_INPUT,
     {{"文件、规则包或插件无法使用，或所要的东西不存在",
       "a file, a pack or a plugin cannot be used, or what was asked for by name is not there"}}},
    {EXIT_LEDGER, {{"台账不存在、不是台账、被占用或已损坏", "the ledger is missing, foreign, locked or damaged"}}},
    {EXIT_FOREIGN, {{"外来代码崩溃、卡死或被停止", "foreign code crashed, hung or was stopped"}}},
    {EXIT_INTERNAL,
     {{"内存不足、结果写不出来，或程序自身出错",
       "out of memory, the answer cannot be written, or an error of the program itself"}}},
};
