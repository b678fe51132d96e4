#!/bin/sh
# Tries the pack on its sample, in a ledger of its own that is made anew each time: sample.db in the folder you are in.
# 用样例文件试用本规则包；台账是当前文件夹的 sample.db，每次重新建立。
set -eu
pack=$(cd "$(dirname "$0")" && pwd)
hongzhu=${HONGZHU:-hongzhu}
if [ -z "${HONGZHU_LEDGER:-}" ]; then
  HONGZHU_LEDGER=sample.db
  rm -rf sample.db sample.db-wal sample.db-shm sample.db.key sample.db.files sample.db.subjects
fi
export HONGZHU_LEDGER

"$hongzhu" pack check "$pack"
"$hongzhu" pack test "$pack"
"$hongzhu" init
"$hongzhu" pack use "$pack" --from 2025-01-01
"$hongzhu" import "$pack/samples/attendance.csv" --adapter attendance
"$hongzhu" evaluate --on 2025-12-31
"$hongzhu" explain T02 --rule completion --on 2025-12-31
"$hongzhu" report annual TR-1 --on 2025-12-31
