/* The checker: every mistake a district's author can make in an expression, word for word, with its place. */
#include "pack_tried.h"

#define HEAD                                                                                                           \
  "local a = { zh = 'x', en = 'x' }\n"                                                                                 \
  "local function one(v, unit) return { unit = unit, { from = '2000-01-01', value = v, assumed = a } } end\n"          \
  "return { kinds { training = { unit = '学时', level = true, attributes = { theme = { type = 'text', words = { "    \
  "'class', 'care' } } } }, "                                                                                          \
  "visit = { unit = '次' }, hired = {}, mentor = { type = 'relation' } }, "                                           \
  "scales { level = { 'school', 'county', 'city' }, mode = { 'face', 'online' } }, "                                   \
  "parameters { hours = one(10, '学时'), credit = one(5, '学分'), born = one('1990-01-01'), rate = { unit = "      \
  "'学分/学时', by = 'level', "                                                                                    \
  "{ from = '2000-01-01', value = { city = 1 }, assumed = a } } }, "                                                   \
  "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 5 } }, "                                            \
  "recognition { id = 'credits', unit = '学分', from = '学时', { as = 'face', when = { mode = 'face' }, rate = "   \
  "P.rate:by 'level' }, "                                                                                              \
  "{ as = 'online', when = { mode = 'online' }, rate = P.rate:by 'level' } },\n"
#define RULE(body) HEAD "rule { id = 'r', of = 'person', per = 'cycle', needs = {\n{ 'n', " body " } } } }"
#define OPEN(body) HEAD "rule { id = 'r', of = 'person', needs = {\n{ 'n', " body " } } } }"

typedef struct mistake {
  const char *text, *en, *zh;
} mistake;

static const mistake mistakes[] = {
    {RULE("credits 'face':at_leastt(1)"),
     "error: p/all.lua:5: unknown method \"at_leastt\"\n  did you mean \"at_least\"?",
     "错误：p/all.lua:5：未知方法“at_leastt”\n  是否想写“at_least”？"},
    {RULE("credits 'fase':at_least(1)"),
     "error: p/all.lua:5: recognition \"credits\" has no class \"fase\"\n  did you mean \"face\"?",
     "错误：p/all.lua:5：认定“credits”中没有类别“fase”\n  是否应为“face”？"},
    {RULE("(credits 'face'):at_least(P.creditt)"),
     "error: p/all.lua:5: no parameter is named \"creditt\"\n  did you mean P.credit?",
     "错误：p/all.lua:5：没有名为“creditt”的参数\n  是否应为 P.credit？"},
    {RULE("(credits 'face'):at_least(P.hours)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("(credits 'face'):at_least(P.born)"),
     "error: p/all.lua:5: parameter \"born\" is a day, a number is expected here",
     "错误：p/all.lua:5：参数“born”是日期，此处应为数字"},
    {RULE("(credits 'face'):at_least(P.rate)"),
     "error: p/all.lua:5: parameter \"rate\" has a value for each word of \"level\", one number is expected here\n  "
     "write P.rate:by \"level\" in an expression, or declare a parameter with one value",
     "错误：p/all.lua:5：参数“rate”按“level”的词分别取值，此处应为一个数字\n  请在表达式中写 P.rate:by "
     "\"level\"，或另行声明只有一个取值的参数"},
    {RULE("(credits 'face'):at_least(P.credit:by 'level')"),
     "error: p/all.lua:5: parameter \"credit\" has one value, not one by word",
     "错误：p/all.lua:5：参数“credit”只有一个取值，不按词区分"},
    {RULE("(credits 'face'):at_least(P.credit:on 'record')"),
     "error: p/all.lua:5: a rule is about no single record, so that on \"record\" says nothing",
     "错误：p/all.lua:5：规则并不针对某一条记录，on “record” 无从读取"},
    {RULE("records { kind = 'trainning' }:exists()"),
     "error: p/all.lua:5: no kind is named \"trainning\"\n  did you mean \"training\"?",
     "错误：p/all.lua:5：没有名为“trainning”的种类\n  是否应为“training”？"},
    {RULE("(credits 'face'):cap(math.mininteger, 'year'):at_least(P.credit)"),
     "error: p/all.lua:5: \"args[1]\" must be a number such as 30, \"0.5\" or \"1/3\", not the number "
     "-9223372036854775808",
     "错误：p/all.lua:5：“args[1]”应为数，例如 30、\"0.5\" 或 \"1/3\"，而不是数 -9223372036854775808"},
    {RULE("records { kind = 'training', amount = more_than() }:exists()"),
     "error: p/all.lua:5: a number, a day or a parameter is missing here",
     "错误：p/all.lua:5：此处缺少数字、日期或参数"},
    {RULE("records { kind = 'training', level = at_least 'contry' }:exists()"),
     "error: p/all.lua:5: \"contry\" is no word of scale \"level\"\n  did you mean \"county\"?",
     "错误：p/all.lua:5：“contry”不是序列“level”中的词\n  是否应为“county”？"},
    {RULE("records { kind = 'training', mode = 'onlin' }:exists()"),
     "error: p/all.lua:5: \"onlin\" is no word of scale \"mode\"\n  did you mean \"online\"?",
     "错误：p/all.lua:5：“onlin”不是序列“mode”中的词\n  是否应为“online”？"},
    {RULE("records { kind = 'training', theme = 'clas' }:exists()"),
     "error: p/all.lua:5: \"clas\" is no word of attribute \"theme\"\n  did you mean \"class\"?",
     "错误：p/all.lua:5：“clas”不是属性“theme”中的词\n  是否应为“class”？"},
    {RULE("records { kind = 'training', them = 'class' }:exists()"),
     "error: p/all.lua:5: nothing is named \"them\": no column, and no kind has such an attribute\n  did you mean "
     "\"theme\"?",
     "错误：p/all.lua:5：没有“them”：既不是列名，也没有哪个 kind 声明过这一属性\n  是否应为“theme”？"},
    {RULE("records { kind = 'training', theme = at_least 'care' }:exists()"),
     "error: p/all.lua:5: \"theme\" has no scale, so that at_least \"care\" says nothing\n  declare scales { theme = { "
     "… } }, or compare with a number",
     "错误：p/all.lua:5：“theme”没有序列，at_least “care”无从比较\n  请声明 scales { theme = { … } }，或与数字比较"},
    {RULE("(credits 'face'):cap(P.credit, 'yaer'):at_least(1)"),
     "error: p/all.lua:5: no span is named \"yaer\"\n  spans are: session, "
     "item, day, year, ever, cycle; the rule's own period is meant by its id",
     "错误：p/all.lua:5：没有名为“yaer”的时段\n  可用的时段：session, item, day, year, ever, "
     "cycle；规则自身的周期用其 id 表示"},
    {RULE("(credits 'face'):cap(P.credit, 'period'):at_least(1)"),
     "error: p/all.lua:5: no span is named \"period\"\n  spans are: session, item, day, year, ever, cycle; the rule's "
     "own "
     "period is meant by its id",
     "错误：p/all.lua:5：没有名为“period”的时段\n  可用的时段：session, item, day, year, ever, "
     "cycle；规则自身的周期用其 id 表示"},
    {RULE("(credits 'face'):cap(P.hours, 'year'):at_least(1)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("(credits 'face'):from_minimum(P.hours, 'level'):at_least(1)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("(credits 'face'):round('down', P.hours, 'item'):at_least(1)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("(credits 'face'):round('downn', 1, 'item'):at_least(1)"),
     "error: p/all.lua:5: \"args[1]\" cannot be \"downn\"\n  did you mean \"down\"?",
     "错误：p/all.lua:5：“args[1]”不能是“downn”\n  是否想写“down”？"},
    {RULE("(credits 'face' + credits):at_least(1)"),
     "error: p/all.lua:5: a record may count in both parts of this sum\n  make the parts exclude each other (classes "
     "of one recognition, cap and over of the same selection, other words of the same column), or say overlap = true "
     "on the rule",
     "错误：p/all.lua:5：同一条记录可能在这个合计的两部分中重复计入\n  请让两部分互斥（同一认定的不同类别、同一选取的 "
     "cap 与 over、同一列的不同词），或在规则上写 overlap = true"},
    {RULE("(credits 'face':cap(P.credit) + credits 'face':over(2)):at_least(1)"),
     "error: p/all.lua:5: a record may count in both parts of this sum\n  make the parts exclude each other (classes "
     "of one recognition, cap and over of the same selection, other words of the same column), or say overlap = true "
     "on the rule",
     "错误：p/all.lua:5：同一条记录可能在这个合计的两部分中重复计入\n  请让两部分互斥（同一认定的不同类别、同一选取的 "
     "cap 与 over、同一列的不同词），或在规则上写 overlap = true"},
    {RULE("(credits 'face':cap(P.credit, 'cycle', { level = 'city' }) + credits 'face':over(P.credit, 'cycle', { level "
          "= 'county' })):at_least(1)"),
     "error: p/all.lua:5: a record may count in both parts of this sum\n  make the parts exclude each other (classes "
     "of one recognition, cap and over of the same selection, other words of the same column), or say overlap = true "
     "on the rule",
     "错误：p/all.lua:5：同一条记录可能在这个合计的两部分中重复计入\n  请让两部分互斥（同一认定的不同类别、同一选取的 "
     "cap 与 over、同一列的不同词），或在规则上写 overlap = true"},
    {RULE("(credits 'face' + records { kind = 'training', mode = 'online' }):at_least(1)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("(records { kind = 'training' } + enrollments {}):count():at_least(1)"),
     "error: p/all.lua:5: records cannot be joined with rows of another table",
     "错误：p/all.lua:5：记录不能与另一张表的行合并"},
    {RULE("(previous 'carry' + credits):at_least(1)"),
     "error: p/all.lua:5: the rule gives nothing named \"carry\"\n  add gives = { carry = … } to the rule",
     "错误：p/all.lua:5：本规则的 gives 中没有“carry”\n  请在规则中写 gives = { carry = … }"},
    {RULE("fact 'hird':exists()"), "error: p/all.lua:5: no kind is named \"hird\"\n  did you mean \"hired\"?",
     "错误：p/all.lua:5：没有名为“hird”的种类\n  是否应为“hired”？"},
    {RULE("fact 'hired':after(P.hours)"), "error: p/all.lua:5: after compares with a day such as \"2025-03-01\"",
     "错误：p/all.lua:5：after 应与日期（如“2025-03-01”）比较"},
    {RULE("outcome 'cycel'"), "error: p/all.lua:5: no rule is named \"cycel\"",
     "错误：p/all.lua:5：没有名为“cycel”的规则"},
    {RULE("choose { { when = fact 'hired':exists(), take = P.credit } }:at_least(1)"),
     "error: p/all.lua:5: choose { … } does not say what otherwise\n  write choose { { when = CONDITION, take = P.a }, "
     "otherwise = P.b }: the first condition that holds takes its number",
     "错误：p/all.lua:5：choose { … } 没有写 otherwise\n  应写作 choose { { when = 条件, take = P.a }, otherwise = P.b "
     "}：取第一个成立的条件所给的数"},
    {RULE("(credits 'face'):at_least(choose { { when = fact 'hired':exists() }, otherwise = P.credit })"),
     "error: p/all.lua:5: a branch of choose lacks \"take\"\n  write choose { { when = CONDITION, take = P.a }, "
     "otherwise = P.b }: the first condition that holds takes its number",
     "错误：p/all.lua:5：choose 的分支缺少“take”\n  应写作 choose { { when = 条件, take = P.a }, otherwise = P.b "
     "}：取第一个成立的条件所给的数"},
    {RULE("any_of { fact 'hired' }"),
     "error: p/all.lua:5: \"fact\" has no meaning in an expression\n  a fact is a day: write fact "
     "\"hired\":before(\"2025-09-01\") or years_since(fact \"hired\", \"period_start\"); its value is asked by records "
     "{ "
     "kind = \"hired\", value = at_least(P.x) }:exists()",
     "错误：p/all.lua:5：“fact”不能用在表达式中\n  事实是一个日期：请写 fact \"hired\":before(\"2025-09-01\") 或 "
     "years_since(fact \"hired\", \"period_start\")；其值用 records { kind = \"hired\", value = at_least(P.x) "
     "}:exists() 判断"},
    {RULE("P.credit:at_least(portion('visit', 7, 'x'))"),
     "error: p/all.lua:5: portion is given more arguments than it takes: at most 1, not 3\n  it is written "
     "portion(what: string)",
     "错误：p/all.lua:5：portion 的参数过多：至多 1 个，而不是 3 个\n  应写作 portion(what: string)"},
    {RULE("(credits 'face'):at_least(P.credit, 'year')"),
     "error: p/all.lua:5: at_least is given more arguments than it takes: at most 1, not 2\n  it is written "
     "at_least(limit: number)",
     "错误：p/all.lua:5：at_least 的参数过多：至多 1 个，而不是 2 个\n  应写作 at_least(limit: number)"},
    {RULE("choose { { when = fact 'hired':exists(), take = P.credit }, otherwise = P.hours }:at_least(1)"),
     "error: p/all.lua:5: units do not fit: \"学分\" and \"学时\"\n  convert one of them in a recognition, or use a "
     "parameter in the same unit",
     "错误：p/all.lua:5：计量单位不一致：“学分”与“学时”\n  请在认定中折算，或改用同一单位的参数"},
    {RULE("P.credit"), "error: p/all.lua:5: a condition is expected here", "错误：p/all.lua:5：此处应为条件"},
    {RULE("(credits 'face'):at_least(fact 'hired':exists())"), "error: p/all.lua:5: a number is expected here",
     "错误：p/all.lua:5：此处应为数字"},
    {RULE("(credits 'face'):each 'theme':at_least(1), when = P.credit"),
     "error: p/all.lua:5: a condition is expected here", "错误：p/all.lua:5：此处应为条件"},
    {RULE("(credits 'face'):each 'since':at_least(1)"),
     "error: p/all.lua:5: each \"since\" needs the words that there can be\n  declare scales { since = { … } }, or "
     "words = { … } on the attribute",
     "错误：p/all.lua:5：each “since” 需要事先声明有哪些词\n  请声明 scales { since = { … } }，或在属性上写 words = { "
     "… }"},
    {RULE("(credits 'face'):during('cycel'):at_least(1)"),
     "error: p/all.lua:5: a window is expected: last(2, \"year\"), between(\"2024-01-01\", \"2024-12-31\") or a "
     "period's id",
     "错误：p/all.lua:5：此处应为时间窗：last(2, \"year\")、between(\"2024-01-01\", \"2024-12-31\") 或周期的 id"},
    {RULE("(credits 'face'):during(between(1, 2)):at_least(1)"),
     "error: p/all.lua:5: a window lies between two days such as \"2025-03-01\"",
     "错误：p/all.lua:5：时间窗应介于两个日期（如“2025-03-01”）之间"},
    {RULE("(credits 'face'):during(last(2, 'weeks')):at_least(1)"),
     "error: p/all.lua:5: last counts in \"year\", \"month\" or \"day\", not \"weeks\"",
     "错误：p/all.lua:5：last 只能按 \"year\"、\"month\"、\"day\" 计，不能按“weeks”"},
    {RULE("(credits 'face'):once { by = 'them' }:at_least(1)"),
     "error: p/all.lua:5: nothing is named \"them\": no column, and no kind has such an attribute\n  did you mean "
     "\"theme\"?",
     "错误：p/all.lua:5：没有“them”：既不是列名，也没有哪个 kind 声明过这一属性\n  是否应为“theme”？"},
    {RULE("(credits 'face'):once { by = 'theme', keep = 'level' }:at_least(1)"),
     "error: p/all.lua:5: keep says highest \"level\" or another column",
     "错误：p/all.lua:5：keep 应写 highest \"level\" 或其他列"},
    {RULE("(credits 'face'):distinct('host.name.code'):at_least(1)"),
     "error: p/all.lua:5: path \"host.name.code\" goes on after a value that is no row",
     "错误：p/all.lua:5：路径“host.name.code”在取到值之后不能再继续"},
    {RULE("(credits 'face'):at_least('1.2345678')"),
     "error: p/all.lua:5: \"args[1]\" must be a number such as 30, \"0.5\" or \"1/3\", not the text \"1.2345678\"",
     "错误：p/all.lua:5：“args[1]”应为数，例如 30、\"0.5\" 或 \"1/3\"，而不是文本“1.2345678”"},
    {RULE("(credits 'face'):at_least(1) }, { 'n', credits 'face':at_least(2)"),
     "error: p/all.lua:5: need \"n\" stands twice in rule \"r\"\n  give each need an id of its own",
     "错误：p/all.lua:5：要求“n”在规则“r”中出现了两次\n  请给每项要求各取一个 id"},
    {OPEN("(credits 'face'):each 'year':at_least(1)"),
     "error: p/all.lua:5: each \"year\" needs a rule with per = a period",
     "错误：p/all.lua:5：each “year” 只能用于带 per（周期）的规则"},
    {OPEN("(P.credit * portion 'post'):at_least(1)"),
     "error: p/all.lua:5: portion is a part of the period: it needs a rule with per = a period",
     "错误：p/all.lua:5：portion 是周期中的一部分，只能用于带 per（周期）的规则"},
    {OPEN("(credits 'face'):at_least(1), suspendet = {}"),
     "error: p/all.lua:5: unknown key \"suspendet\" in a need\n  did you mean \"suspended\"?",
     "错误：p/all.lua:5：要求中没有键“suspendet”\n  是否想写“suspended”？"},
    {HEAD "rule { id = 'r', of = 'person', per = 'cycle', exemt = fact 'hired':exists(), needs = { { 'n', fact "
          "'hired':exists() } } } }",
     "error: p/all.lua:4: unknown key \"exemt\" in a rule\n  did you mean \"exempt\"?",
     "错误：p/all.lua:4：规则中没有键“exemt”\n  是否想写“exempt”？"},
    {HEAD "rule { id = 'r', of = 'person', per = 'cicle', needs = { { 'n', fact 'hired':exists() } } } }",
     "error: p/all.lua:4: no period is named \"cicle\"\n  did you mean \"cycle\"?",
     "错误：p/all.lua:4：没有名为“cicle”的周期\n  是否应为“cycle”？"},
    {HEAD "rule { id = 'r', of = 'persons', needs = { { 'n', fact 'hired':exists() } } } }",
     "error: p/all.lua:4: \"of\" cannot be \"persons\"\n  did you mean \"person\"?",
     "错误：p/all.lua:4：“of”不能是“persons”\n  是否想写“person”？"},
    {HEAD "rule { id = 'r', of = 'person', needs = {} } }",
     "error: p/all.lua:4: rule \"r\" has neither needs nor outputs",
     "错误：p/all.lua:4：规则“r”既没有要求，也没有输出"},
    {HEAD "rule { id = 'r', of = 'person', needs = { { 'n', outcome 's' } } },\nrule { id = 's', of = 'person', needs "
          "= { { 'n', outcome 'r' } } } }",
     "error: p/all.lua:4: rules go round in a circle: r -> s -> r\n  let one of them read records instead of the "
     "other's outcome, or previous(…) of an earlier period",
     "错误：p/all.lua:4：规则之间循环依赖：r -> s -> r\n  请让其中一条直接读取记录，或用 previous(…) "
     "读取上一周期的结果"},
    {HEAD "rule { id = 'r', of = 'person', needs = { { 'n', outcome 'r' } } } }",
     "error: p/all.lua:4: rules go round in a circle: r -> r\n  let one of them read records instead of the other's "
     "outcome, or previous(…) of an earlier period",
     "错误：p/all.lua:4：规则之间循环依赖：r -> r\n  请让其中一条直接读取记录，或用 previous(…) 读取上一周期的结果"},
    {HEAD "recognition { id = 'own', unit = '学时', { as = 'a', when = { kind = 'training' }, provided = outcome 'r' } "
          "},\nrule { id = 'r', of = 'person', needs = { { 'n', (own):at_least(1) } } } }",
     "error: p/all.lua:5: rules go round in a circle: r -> r\n  let one of them read records instead of the other's "
     "outcome, or previous(…) of an earlier period",
     "错误：p/all.lua:5：规则之间循环依赖：r -> r\n  请让其中一条直接读取记录，或用 previous(…) 读取上一周期的结果"},
    {HEAD "rule { id = 'r', of = 'person', needs = { { 'n', (previous 'c' + credits):at_least(1) } },\ngives = { c = "
          "credits }, first = { c = 0 } } }",
     "error: p/all.lua:4: previous \"c\" needs a rule with per = a period",
     "错误：p/all.lua:4：previous “c” 只能用于带 per（周期）的规则"},
    {HEAD "rule { id = 'r', of = 'person', per = 'cycle', needs = { { 'n', (previous 'c' + credits):at_least(1) } "
          "},\ngives = { c = credits:cap(1) } } }",
     "error: p/all.lua:4: previous \"c\" does not say with what the first period begins\n  add first = { c = 0 } to "
     "the rule",
     "错误：p/all.lua:4：previous “c” 没有说明首个周期从多少开始\n  请在规则中写 first = { c = 0 }"},
    {HEAD "rule { id = 'r', of = 'person', per = 'cycle', needs = { { 'n', (previous 'c' + credits):at_least(1) } "
          "},\ngives = { c = credits:cap(1) }, first = { c = 0, d = 1 } } }",
     "error: p/all.lua:5: the rule gives nothing named \"d\"", "错误：p/all.lua:5：本规则的 gives 中没有“d”"},
    {HEAD "rule { id = 'r', of = 'person', per = 'cycle', needs = { { 'n', (previous 'c' + credits):at_least(1) } "
          "},\ngives = { c = credits:cap(1) }, first = { c = 3 } } }",
     "error: p/all.lua:5: \"c\" is a selection of records: before the first period there are none, so that it starts "
     "with 0",
     "错误：p/all.lua:5：“c”是对记录的选取，首个周期之前没有记录，只能从 0 开始"},
    {HEAD "rule { id = 'r', of = 'person', suspended = { from = '2021-01-01', till = '2020-01-01' }, needs = { { 'n', "
          "fact 'hired':exists() } } } }",
     "error: p/all.lua:4: the window ends before it begins", "错误：p/all.lua:4：窗口的结束日期早于开始日期"},
    {HEAD "parameters { p = { unit = '学时',\n{ from = '2000-01-01', value = 1 } } } }",
     "error: p/all.lua:5: parameter \"p\" has a value without a source\n  add source = \"issuing body, document "
     "number\", or assumed = \"why\" where nothing is published",
     "错误：p/all.lua:5：参数“p”的取值没有出处\n  请补充 source = “发文机关、文号”；没有公开依据的，写 assumed = "
     "“理由”"},
    {HEAD "parameters { p = { unit = '学时', { from = '2010-01-01', value = 1, source = 's' },\n{ from = '2000-01-01', "
          "value = 1, source = 's' } } } }",
     "error: p/all.lua:5: the values of parameter \"p\" are not in order of their dates\n  write the earliest first, "
     "each from a day of its own",
     "错误：p/all.lua:5：参数“p”的取值没有按日期先后排列\n  请从最早的写起，每个取值各有起始日期"},
    {HEAD "parameters { p = { unit = '学时', { from = '2000-01-01', value = 1, source = 's' },\n{ from = '2010-01-01', "
          "value = '2020-01-01', source = 's' } } } }",
     "error: p/all.lua:5: parameter \"p\" has values of different forms\n  write all of them as numbers, as days or as "
     "tables by word",
     "错误：p/all.lua:5：参数“p”前后取值的形式不一致\n  请全部写成数、日期，或按词的表"},
    {HEAD "parameters { p = { unit = '学时' } } }",
     "error: p/all.lua:4: parameter \"p\" has no dated value\n  add { from = \"2018-01-01\", value = …, source = \"…\" "
     "}",
     "错误：p/all.lua:4：参数“p”没有任何带日期的取值\n  请写 { from = \"2018-01-01\", value = …, source = \"…\" }"},
    {HEAD "parameters { p = { by = 'level',\n{ from = '2000-01-01', value = { citty = 1 }, source = 's' } } } }",
     "error: p/all.lua:5: \"citty\" is no word of scale \"level\"\n  did you mean \"city\"?",
     "错误：p/all.lua:5：“citty”不是序列“level”中的词\n  是否应为“city”？"},
    {HEAD "parameters { p = { by = 'levels', { from = '2000-01-01', value = { city = 1 }, source = 's' } } } }",
     "error: p/all.lua:4: parameter \"p\" has values by \"levels\", which is no scale\n  declare scales { levels = { … "
     "} }, or words = { … } on an attribute of that name",
     "错误：p/all.lua:4：参数“p”按“levels”取值，但没有这个序列\n  请声明 scales { levels = { … } }，或在同名属性上写 "
     "words = { … }"},
    {HEAD "parameters { p = { { from = '2000-01-01', value = { city = 1 }, source = 's' } } } }",
     "error: p/all.lua:4: parameter \"p\" has values by word but does not say by which scale\n  add by = \"level\" (or "
     "the id of another scale)",
     "错误：p/all.lua:4：参数“p”按词取值，却没有说明按哪个序列\n  请写 by = \"level\"（或其他序列的名称）"},
    {HEAD "recognition { id = 'own', unit = '学分', from = '学时', { as = 'a', when = { kind = 'training' }, rate = "
          "P.hours } } }",
     "error: p/all.lua:4: units do not fit: a rate in \"学时\" makes no \"学分\" of \"学时\"\n  a rate from \"学时\" "
     "to \"学分\" has the unit \"学分/学时\"",
     "错误：p/all.lua:4：计量单位不一致：比例“学时”不能得出“学分”（来自“学时”）\n  "
     "由“学时”折算为“学分”的比例，单位应为“学分/学时”"},
    {HEAD "recognition { id = 'own', unit = '学分', from = '学时', { as = 'a', when = { kind = 'training' } } } }",
     "error: p/all.lua:4: line \"a\" takes \"学时\" for \"学分\" without a rate\n  add rate = …, or amount = … where "
     "it is fixed",
     "错误：p/all.lua:4：条目“a”把“学时”直接计作“学分”，没有写明折算比例\n  请写 rate = …；固定数量的，写 amount = …"},
    {HEAD
     "recognition { id = 'own', unit = '学分', from = '学时', { as = 'a', rate = P.rate:by 'level', amount = 1 } } }",
     "error: p/all.lua:4: a line has a rate or a fixed amount, not both",
     "错误：p/all.lua:4：一个条目要么有折算比例，要么有固定数量，不能兼有"},
    {HEAD "recognition { id = 'own', unit = '学时', { as = 'a', credited = { 'people', related 'mentor' } } } }",
     "error: p/all.lua:4: \"credited[1]\" cannot be \"people\"\n  it can be: person",
     "错误：p/all.lua:4：“credited[1]”不能是“people”\n  可以是：person"},
    {HEAD "recognition { id = 'own', unit = '学时', { as = 'a', credited = { 'person', related 'mentors' } } } }",
     "error: p/all.lua:4: no kind is named \"mentors\"\n  did you mean \"mentor\"?",
     "错误：p/all.lua:4：没有名为“mentors”的种类\n  是否应为“mentor”？"},
    {HEAD "recognition { id = 'own', unit = '学时', { as = 'a' }, otherwise = 'x' } }",
     "error: p/all.lua:4: otherwise says review { zh = …, en = … } or ignore { … }",
     "错误：p/all.lua:4：otherwise 应写 review { zh = …, en = … } 或 ignore { … }"},
    {HEAD "period { id = 'year', starts = '2020-01-01', lasts = { years = 1 } } }",
     "error: p/all.lua:4: \"year\" is a span of the language, a period cannot be called so",
     "错误：p/all.lua:4：“year”是语言自带的时段，周期不能以此命名"},
    {HEAD "period { id = 'p', starts = '2020-01-01', lasts = { years = 0 } } }",
     "error: p/all.lua:4: a period lasts at least one day and at most a century",
     "错误：p/all.lua:4：周期至少一天，至多一百年"},
    {HEAD "period { id = 'p', starts = '2020-01-01', lasts = { years = 1 }, year_starts = '13-01' } }",
     "error: p/all.lua:4: \"13-01\" is no day of the year\n  write month and day, such as \"02-01\"",
     "错误：p/all.lua:4：“13-01”不是年内的日期\n  请写月和日，如“02-01”"},
    {HEAD "period { id = 'p', starts = fact 'hird', lasts = { years = 1 } } }",
     "error: p/all.lua:4: no kind is named \"hird\"\n  did you mean \"hired\"?",
     "错误：p/all.lua:4：没有名为“hird”的种类\n  是否应为“hired”？"},
    {HEAD "figures { f = { title = a, measure = { share = 'g', of = 'f' } },\ng = { title = a, from = 'record', "
          "measure = 'count' } } }",
     "error: p/all.lua:4: figure \"f\" is computed from itself", "错误：p/all.lua:4：指标“f”由其自身计算得出"},
    {HEAD "figures { f = { title = a, unit = '人', from = 'enrollment', measure = { distinct = 'person' } },\ng = { "
          "title = a, unit = '人次', from = 'record', measure = 'count' },\nh = { title = a, measure = { plus = { 'f', "
          "'g' } } } } }",
     "error: p/all.lua:6: figures \"f\" (人) and \"g\" (人次) have different units and cannot be added\n  people and "
     "person-times, for instance, are counted differently: report them side by side",
     "错误：p/all.lua:6：指标“f”（人）与“g”（人次）单位不同，不能相加\n  例如人数与人次口径不同，请分别列出"},
    {HEAD "figures { f = { title = a, measure = { value = 3 } } } }",
     "error: p/all.lua:4: figure \"f\" states a value without a source\n  add source = \"document, page\", or count it "
     "from records",
     "错误：p/all.lua:4：指标“f”直接给出数值，却没有出处\n  请补充 source = “文件名、页码”，或改为由记录计算"},
    {HEAD "figures { f = { title = a, measure = 'count' } } }",
     "error: p/all.lua:4: figure \"f\" does not say from what it is counted",
     "错误：p/all.lua:4：指标“f”没有写明由什么计算（from）"},
    {HEAD "figures { f = { title = a, from = 'record', measure = 'count' }, g = { title = a, measure = { share = 'ff', "
          "of = 'f' } } } }",
     "error: p/all.lua:4: no figure is named \"ff\"\n  did you mean \"f\"?",
     "错误：p/all.lua:4：没有名为“ff”的指标\n  是否应为“f”？"},
    {HEAD "figures { f = { title = a, from = 'record', measure = 'cuont' } } }",
     "error: p/all.lua:4: \"cuont\" is no measure", "错误：p/all.lua:4：“cuont”不是一种度量"},
    {HEAD "figures { f = { title = a, unit = '学时', from = 'record', measure = 'sum' } } }",
     "error: p/all.lua:4: figure \"f\" would add \"学时\" and \"次\"\n  name the kinds in where = { kind = … }, all in "
     "the unit of the figure",
     "错误：p/all.lua:4：指标“f”会把“学时”与“次”相加\n  请在 where = { kind = … } 中指明种类，且与指标的单位一致"},
    {HEAD "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 5 } } }",
     "error: p/all.lua:4: period \"cycle\" is declared twice", "错误：p/all.lua:4：period “cycle”被声明了两次"},
    {HEAD "selection { id = 's', of = 'programme', among = met 'nobody', order = { 'code' }, limits = {} } }",
     "error: p/all.lua:4: no rule is named \"nobody\"", "错误：p/all.lua:4：没有名为“nobody”的规则"},
};

static void said_word_for_word(void **state) {
  const mistake *m = *state;
  trial t;
  trial_open(&t, m->text);
  assert_null(t.pack);
  assert_true(t.problems->count > 0);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN), m->en);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH), m->zh);
  trial_close(&t);
}

/* What the proof of a union accepts: steps written twice with equal tables are one step. */
static void accepted(void **state) {
  trial t;
  trial_compiles(&t, *state);
  trial_close(&t);
}

static const char *const sound[] = {
    RULE("(credits 'face':cap(P.credit) + credits 'face':over(P.credit)):at_least(1)"),
    RULE("(credits 'face':cap(P.credit, 'year', { level = 'city' }) + credits 'face':over(P.credit, 'year', { level = "
         "'city' })):at_least(1)"),
    RULE("(credits 'face':cap(P.credit, 'year', { level = at_least 'county' }) + credits 'online' "
         "+ credits 'face':over(P.credit, 'year', { level = at_least 'county' })):at_least(1)"),
    RULE("(credits:where { level = 'city' } + credits:where { level = { 'school', 'county' } }):at_least(1)"),
    RULE("(credits:where { theme = any } + credits:where { theme = none }):at_least(1)"),
    HEAD "rule { id = 'r', of = 'person', per = 'cycle', overlap = true, needs = { { 'n', (credits + credits "
         "'face'):at_least(1) } } } }",
    HEAD "rule { id = 'r', of = 'person', per = 'cycle', needs = { { 'n', (records {}):count():at_least(1) } } } }",
};

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  enum { MISTAKES = sizeof mistakes / sizeof *mistakes, SOUND = sizeof sound / sizeof *sound };
  static char names[MISTAKES + SOUND][40];
  struct CMUnitTest tests[MISTAKES + SOUND];
  for (size_t i = 0; i < MISTAKES + SOUND; i++) {
    bool wrong = i < MISTAKES;
    snprintf(names[i], sizeof names[i], "%s %zu", wrong ? "mistake" : "sound", wrong ? i : i - MISTAKES);
    void *about = wrong ? (void *)&mistakes[i] : (void *)(uintptr_t)sound[i - MISTAKES];
    tests[i] = (struct CMUnitTest){names[i], wrong ? said_word_for_word : accepted, NULL, NULL, about};
  }
  return cmocka_run_group_tests_name("pack_checker", tests, NULL, NULL);
}
