#!/bin/sh
# Tries the pack on its sample, in a ledger of its own: trial.db in the folder you are in.
# 用样例文件试用本规则包，台账建在当前文件夹的 trial.db。
set -eu
pack=$(cd "$(dirname "$0")" && pwd)
hongzhu=${HONGZHU:-hongzhu}
HONGZHU_LEDGER=${HONGZHU_LEDGER:-trial.db}
export HONGZHU_LEDGER

"$hongzhu" pack check "$pack"
"$hongzhu" pack test "$pack"
"$hongzhu" init
"$hongzhu" pack use "$pack" --from 2025-01-01
"$hongzhu" import "$pack/samples/attendance.csv" --adapter attendance
"$hongzhu" evaluate --on 2025-12-31
"$hongzhu" explain T02 --rule completion --on 2025-12-31
"$hongzhu" report annual TR-1 --on 2025-12-31
