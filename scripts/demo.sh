#!/bin/sh
# Five districts in one ledger in some seconds: the files that they really send, decisions, explanations, a register of
# certificates and each district's report; then the bureau above, in a ledger of its own, from what they issued. Called by `./run demo` after the build; HONGZHU is the program (else the one in
# PATH), DEMO the folder that is made anew.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
: "${HONGZHU:=$(command -v hongzhu || echo "$here/build/release/hongzhu")}"
: "${DEMO:=$here/build/demo}"

# the district, since when its pack is in force, whom its annual report is of, and the day
districts='
ganzhou      2025-01-01  HZZG-2   2025-12-31
tongnan      2023-01-01  TN-JYW   2023-12-31
haixi        2025-01-01  HX-JYJ   2025-12-31
keyouqianqi  2018-01-01  KYQ-HD   2020-12-31
chengzhong   2018-01-01  CZ-JYJ   2018-12-31
'

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

each() { # a command for each district: NAME FROM SCOPE DAY
  echo "$districts" | while read -r name from scope day; do
    if [ -n "$name" ]; then "$1" "$name" "$from" "$scope" "$day"; fi
  done
}

use() { hongzhu pack use "scripts/regions/$1" --from "$2"; }

bring() {
  samples=scripts/regions/$1/samples
  printf '\n'
  grep -v '^#' "$samples/order.txt" | while read -r file options; do
    # shellcheck disable=SC2086 # options are words
    hongzhu import "$samples/$file" --pack "$1" $options </dev/null
  done
}

decide() { hongzhu evaluate --on "$4" --pack "$1"; printf '\n'; }

write() {
  if [ $zh = yes ]; then language=zh; else language=en; fi
  hongzhu report annual "$3" --on "$4" --pack "$1" --lang "$language" --output "$DEMO/$1.html"
}

hand_in() { # to the bureau above: what is issued for the last day of 2025
  hongzhu report annual "$3" --on 2025-12-31 --pack "$1" --lang zh --issue --output "$DEMO/$1.json" | head -1
}

rm -rf "$DEMO"
mkdir -p "$DEMO"
HONGZHU_LEDGER=$DEMO/hongzhu.db
export HONGZHU_LEDGER
cd "$here"

say '新建台账，启用各区的规则包' 'A new ledger, and the packs of the districts'
hongzhu init
each use

say '导入各区教育局、学校和平台发来的文件' 'The files of bureaux, schools and platforms'
each bring

say '同一文件再导入一次：没有任何变化' 'The same file again changes nothing'
hongzhu import scripts/regions/ganzhou/samples/roster.xlsx --pack ganzhou

say '判定' 'Decisions'
each decide

say '说明一项判定：接收学校不详的一位' 'One decision explained: the trainee whose host school is not known'
hongzhu explain T10 --rule placement --on 2025-12-31

say '给结业的人员发证书编号' 'Numbers of certificates for those who completed'
hongzhu certificate issue finishers HXGP-2025 --on 2025-10-20 --pack haixi | head -8

say '各区的年度报告' 'The annual report of each district'
each write
hongzhu report effect GZ-JYJ --on 2025-12-31 --output "$DEMO/ganzhou-effect.html"
# as a person reads it in a terminal
hongzhu report annual HZZG-2 --on 2025-12-31

say '一个数字从何而来' 'Where a figure comes from'
hongzhu trace report_characters HZZG-2 --on 2025-12-31

say '上级汇总：各区发布的报告导入上级自己的台账' 'The bureau above: what the districts issued, in a ledger of its own'
each hand_in
(
  HONGZHU_LEDGER=$DEMO/above.db
  hongzhu init | head -1
  hongzhu pack use scripts/regions/rollup --from 2025-01-01
  for name in ganzhou tongnan haixi keyouqianqi chengzhong; do hongzhu import "$DEMO/$name.json"; done
  if [ $zh = yes ]; then language=zh; else language=en; fi
  hongzhu report annual UP --on 2025-12-31 --lang "$language" --output "$DEMO/above.html"
  hongzhu trace trained UP --on 2025-12-31
)

ledger=${HONGZHU_LEDGER#"$here"/}
if [ $zh = yes ]; then
  printf '\n台账：%s\n报告（用浏览器打开，点数字可见其来源）：\n' "$HONGZHU_LEDGER"
else
  printf '\nledger: %s\nreports (open them in a browser; a click on a figure shows where it comes from):\n' "$HONGZHU_LEDGER"
fi
ls "$DEMO"/*.html | sed 's/^/  /'
if [ $zh = yes ]; then
  cat <<TEXT

接着可以试：
  export PATH="$(dirname "$HONGZHU"):\$PATH" HONGZHU_LEDGER=$ledger
  hongzhu explain T06 --rule placement --on 2025-12-31       # 已达到
  hongzhu explain T01 --rule placement --on 2025-04-20       # 跟岗期间，尚未达到
  hongzhu report transcript T01 --on 2025-12-31              # 一个人的全部判定
  hongzhu trace research_sessions HZZG-2 --on 2025-12-31
  hongzhu log
TEXT
else
  cat <<TEXT

What to try next:
  export PATH="$(dirname "$HONGZHU"):\$PATH" HONGZHU_LEDGER=$ledger
  hongzhu explain T06 --rule placement --on 2025-12-31       # completed
  hongzhu explain T01 --rule placement --on 2025-04-20       # half-way, not yet completed
  hongzhu report transcript T01 --on 2025-12-31              # everything decided about one person
  hongzhu trace research_sessions HZZG-2 --on 2025-12-31
  hongzhu log
TEXT
fi
