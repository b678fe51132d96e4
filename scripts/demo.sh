#!/bin/sh
# A whole district in a few seconds: a ledger, the files of a real programme, decisions, an explanation and a report.
# Called by `./run demo` after the build; HONGZHU is the program (else the one in PATH), DEMO the folder that is made anew.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
: "${HONGZHU:=$(command -v hongzhu || echo "$here/build/release/hongzhu")}"
: "${DEMO:=$here/build/demo}"
samples=scripts/regions/ganzhou/samples
day=2025-12-31

case ${HONGZHU_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
  zh*) zh=yes ;;
  *) zh=no ;;
esac

say() { # Chinese, English
  if [ $zh = yes ]; then printf '\n== %s\n' "$1"; else printf '\n== %s\n' "$2"; fi
}

hongzhu() { # shows the command, then runs it
  printf '$ hongzhu %s\n' "$*"
  "$HONGZHU" "$@"
}

rm -rf "$DEMO"
mkdir -p "$DEMO"
HONGZHU_LEDGER=$DEMO/hongzhu.db
export HONGZHU_LEDGER
cd "$here"

say '新建台账，启用甘州区规则包' 'A new ledger, ruled by the pack of ganzhou'
hongzhu init
hongzhu pack use scripts/regions/ganzhou --from 2025-01-01

say '导入教育局、接收学校和平台发来的文件' 'The files of the bureau, the host schools and the platforms'
hongzhu import "$samples/roster.xlsx" "$samples/confirmations.xlsx" "$samples/observations.csv"
hongzhu import "$samples"/meeting-*.xlsx
hongzhu import "$samples/results.xlsx" --adapter reports
hongzhu import "$samples/results.xlsx" --adapter videos
hongzhu import "$samples/applications.csv" "$samples/viewers.csv"

say '同一文件再导入一次：没有任何变化' 'The same file again changes nothing'
hongzhu import "$samples/roster.xlsx"

say '判定' 'Decisions'
hongzhu evaluate --on $day

say '说明一项判定：接收学校不详的一位' 'One decision explained: the trainee whose host school is not known'
hongzhu explain T10 --rule placement --on $day

say '报告' 'The report'
hongzhu report annual HZZG-2 --on $day
hongzhu report annual HZZG-2 --on $day --output "$DEMO/annual.html"

say '一个数字从何而来' 'Where a figure comes from'
hongzhu trace report_characters HZZG-2 --on $day

ledger=${HONGZHU_LEDGER#"$here"/}
if [ $zh = yes ]; then
  cat <<TEXT

台账：$HONGZHU_LEDGER
报告：$DEMO/annual.html（用浏览器打开，点数字可见其来源）

接着可以试：
  export PATH="$(dirname "$HONGZHU"):\$PATH" HONGZHU_LEDGER=$ledger
  hongzhu explain T06 --rule placement --on $day       # 已达到
  hongzhu explain T01 --rule placement --on 2025-04-20 # 跟岗期间，尚未达到
  hongzhu trace research_sessions HZZG-2 --on $day
  hongzhu log
TEXT
else
  cat <<TEXT

ledger: $HONGZHU_LEDGER
report: $DEMO/annual.html (open it in a browser; a click on a figure shows where it comes from)

What to try next:
  export PATH="$(dirname "$HONGZHU"):\$PATH" HONGZHU_LEDGER=$ledger
  hongzhu explain T06 --rule placement --on $day       # completed
  hongzhu explain T01 --rule placement --on 2025-04-20 # half-way, not yet completed
  hongzhu trace research_sessions HZZG-2 --on $day
  hongzhu log
TEXT
fi
