/* The words of packs. To add one: a row here, its meaning in the checker that reads it, and `hongzhu.lua` among the
 * editor stubs made anew (tests/unit/pack_vocabulary.c compares). Rows stand by form, within a form by subject. */
#include "pack/vocabulary.h"

#define DECLARES(word, shape, zh, en) {word, WORD_DECLARATION, shape, {{zh, en}}},
#define FUNCTION(word, shape, zh, en) {word, WORD_FUNCTION, shape, {{zh, en}}},
#define METHOD(word, shape, zh, en)   {word, WORD_METHOD, shape, {{zh, en}}},

const word_row vocabulary[] = {
    /* clang-format off */
    DECLARES("pack", "(t: table): declaration",
             "声明规则包：id、标题、版本、api，以及它扩展哪个规则包",
             "the pack itself: id, title, version, api and what it extends")
    DECLARES("kinds", "(t: table): declaration",
             "声明台账中事物的种类：类型、单位、所用词语和属性",
             "kinds of things in the ledger: type, unit, words and attributes")
    DECLARES("scales", "(t: table): declaration",
             "声明有序的词语，例如级别、方式、状态",
             "ordered words, such as levels, modes and statuses")
    DECLARES("ladder", "(t: table): declaration",
             "声明教师成长阶梯，也可当作同名的级别使用",
             "a ladder of stages, also usable as a scale of its id")
    DECLARES("organizations", "(t: table): declaration",
             "列出机构，启用规则包时记入台账",
             "organizations that come into the ledger when the pack is used")
    DECLARES("programmes", "(t: table): declaration",
             "列出项目及其批次，启用规则包时记入台账",
             "programmes and their cohorts that come into the ledger when the pack is used")
    DECLARES("relations", "(t: table): declaration",
             "列出关系（结对、师徒、成员、协议），启用规则包时记入台账",
             "relations (pairs, mentors, members, agreements) that come into the ledger when the pack is used")
    DECLARES("parameters", "(t: table): declaration",
             "声明有起始日期和出处的参数",
             "parameters, each value with its first day and source")
    DECLARES("period", "(t: table): declaration",
             "声明周期：从哪天起、持续多久、跨期项目算在哪一期",
             "a period: when it starts, how long it lasts, where what spans two belongs")
    DECLARES("recognition", "(t: table): declaration",
             "声明认定：一条记录算作哪一类、折算多少",
             "recognition: what a record counts as, and for how much")
    DECLARES("rule", "(t: table): declaration",
             "声明规则：对谁、在哪个周期、有哪些要求",
             "a rule: about whom, in which period, with which needs")
    DECLARES("figures", "(t: table): declaration",
             "声明报告中的数字：从哪些记录、怎样得出",
             "figures of reports: from which rows, by which measure")
    DECLARES("report", "(t: table): declaration",
             "声明报告：由若干内容块组成",
             "a report as a list of blocks")
    DECLARES("selection", "(t: table): declaration",
             "声明按顺序遴选，并受名额限制",
             "who is chosen, in which order, within which limits")
    DECLARES("coverage", "(t: table): declaration",
             "声明覆盖：哪些对象应有某种关系，列出没有的",
             "coverage: who should have a relation; those without are listed")
    DECLARES("series", "(t: table): declaration",
             "声明系列：每隔多久应有一次，列出缺失的",
             "a series: what should happen every so often; gaps are listed")
    DECLARES("sequence", "(t: table): declaration",
             "声明步骤：每件事按顺序推进、只进不退，列出跳步、倒退和不该由其办理的",
             "steps that a matter takes in order and never back; what skips, turns back or is another's is listed")
    DECLARES("register", "(t: table): declaration",
             "声明编号登记（如证书）：编给谁、编号怎样组成、校验方式",
             "a register of numbers, such as certificates: for whom, how a number is made and checked")
    DECLARES("units", "(t: table): declaration",
             "声明计量单位在各语言中的写法",
             "how units are written in each language")
    DECLARES("adapter", "(t: table): declaration",
             "声明导入方式：文件的列怎样成为台账的事实",
             "how the columns of a file become facts of the ledger")
    DECLARES("case", "(title: string): fun(t: table): declaration",
             "声明一个案例：给定的记录和预期的结论，由 pack test 检验",
             "a case: given records and the outcome expected; `pack test` tries it")
    DECLARES("leaves_open", "(t: table): declaration",
             "说明公布的案例为什么不涉及某些取值，供 pack test --mutate 列出",
             "why the published cases leave certain values open; `pack test --mutate` lists it")

    FUNCTION("records", "(where?: table): selection",
             "符合条件的记录，各带自身的数量",
             "the records that match, each with its own amount")
    FUNCTION("outcomes", "(rule: string, outcome?: string): number",
             "成员中规则“rule”得到该结论的个数",
             "how many of the members have this outcome of a rule")
    FUNCTION("members", "(rule: string): number",
             "该规则在机构、项目或批次中所及的对象个数",
             "how many of the members a rule is about")
    FUNCTION("known", "(path: string): condition",
             "对象的该项是否已知，例如 known \"host\"",
             "whether this is known of the subject, as in known \"host\"")
    FUNCTION("value", "(path: string): number",
             "对象某一项的数值",
             "the number that the subject has under this name")
    FUNCTION("enrollments", "(where?: table): selection",
             "符合条件的参训（含跟岗）",
             "the enrollments, placements included, that match")
    FUNCTION("fact", "(kind: string): fact",
             "随时间变化的事实在当日的值，例如 fact \"hired\" 是参加工作日期",
             "a fact that changes with time, as it is on the day: fact \"hired\" is a date")
    FUNCTION("outcome", "(rule: string, outcome?: string): condition",
             "同一对象另一条规则的结论；作条件时表示达标",
             "the outcome of another rule about the same subject; as a condition: met")
    FUNCTION("met", "(rule: string): condition",
             "规则达标者",
             "those for whom the rule is met")
    FUNCTION("previous", "(output: string): selection",
             "本规则上一周期的输出",
             "what the same rule gave one period earlier")
    FUNCTION("related", "(kind: string): subject",
             "关系另一端的对象",
             "the other end of a relation")
    FUNCTION("portion", "(what: string): number",
             "周期中任职或请假所占的部分",
             "the part of the period in a post, or on leave")
    FUNCTION("years_since", "(date: fact, on?: string): number",
             "从该日期到判定日的整年数",
             "full years from a date to the day of the decision")
    FUNCTION("choose", "(t: table): number",
             "取第一个条件成立的分支，否则取 otherwise",
             "the first branch whose condition holds, else `otherwise`")
    FUNCTION("highest_of", "(...: number): number",
             "若干数中最大的",
             "the largest of several numbers")
    FUNCTION("lowest_of", "(...: number): number",
             "若干数中最小的",
             "the smallest of several numbers")
    FUNCTION("sum_of", "(...: number): number",
             "若干数之和",
             "the sum of several numbers")
    FUNCTION("all_of", "(t: table): condition",
             "所有条件都成立",
             "all of the conditions hold")
    FUNCTION("any_of", "(t: table): condition",
             "至少一个条件成立",
             "at least one of the conditions holds")
    FUNCTION("none_of", "(t: table): condition",
             "没有一个条件成立",
             "none of the conditions holds")
    FUNCTION("at_least", "(limit: any): match",
             "不少于；用于词语时按其在级别中的次序比较",
             "at least; words are compared by their place in their scale")
    FUNCTION("at_most", "(limit: any): match",
             "不超过",
             "at most")
    FUNCTION("more_than", "(limit: any): match",
             "超过",
             "more than")
    FUNCTION("less_than", "(limit: any): match",
             "少于",
             "less than")
    FUNCTION("between", "(low: any, high: any): match",
             "在两者之间，含两端",
             "between the two, both included")
    FUNCTION("matches", "(t: table): match",
             "所指对象符合这些条件",
             "what it points to matches these conditions")
    FUNCTION("none", "",
             "没有该项",
             "nothing is there")
    FUNCTION("any", "",
             "有该项，无论为何",
             "something is there, whatever it is")
    FUNCTION("last", "(n: integer, span: string): window",
             "周期最后的若干年（或月、日）",
             "the last years, months or days of the period")
    FUNCTION("highest", "(key: string): keep",
             "按该项取最高的一条",
             "keeps the one that is highest by this key")
    FUNCTION("review", "(words: table): otherwise",
             "不予认定，并交人工复核",
             "is not recognised, and a person is to look at it")
    FUNCTION("ignore", "(words: table): otherwise",
             "不予认定，无须复核",
             "is not recognised, and nobody needs to look at it")

    FUNCTION("column", "(name: string|table): source",
             "文件中的一列；给出多个列名时取第一个存在的",
             "a column of the file; of several names the first that is there")
    FUNCTION("above", "(label: string): source",
             "表头之上某个标签旁的内容",
             "what stands beside a label in the rows above the header")
    FUNCTION("day", "(source: string|source): source",
             "按日期读取",
             "read as a date")
    FUNCTION("amount", "(source: string|source, unit?: string): source",
             "按数量读取，数字后可带单位",
             "read as an amount; its unit may stand behind the number")
    FUNCTION("duration", "(source: string|source): source",
             "按时长读取，以分钟计，例如 0:30:00",
             "read as a duration in minutes, such as 0:30:00")
    FUNCTION("optional", "(source: string|source): source",
             "文件中可以没有这一列",
             "the column may be missing from the file")

    FUNCTION("decisions", "(t: table): block",
             "报告对象的全部判定：各项要求、计入和未计入的记录及原因",
             "everything decided about the report's subject: needs, what counted, what did not and why")
    FUNCTION("heading", "(t: table): block",
             "标题",
             "a heading")
    FUNCTION("paragraph", "(t: table): block",
             "段落，花括号中的数字名会替换为数字",
             "a paragraph; figures stand in braces")
    FUNCTION("key_figures", "(t: table): block",
             "突出显示的若干数字",
             "figures that are shown large")
    FUNCTION("table", "(t: table): block",
             "表格：按组列出数字，或逐行列出记录",
             "a table: figures by group, or row by row")
    FUNCTION("chart", "(t: table): block",
             "图表：条形、柱形、折线或占比",
             "a chart: bar, column, line or share")
    FUNCTION("checks", "(t: table): block",
             "核对：数字之间应相等或不超过，不符的在报告中标明",
             "figures that have to agree; where they do not, the report says so")
    FUNCTION("note", "(t: table): block",
             "小字说明",
             "a remark in small print")
    FUNCTION("page", "(): block",
             "换页",
             "a page break")

    METHOD("where", "(where: table): selection",
           "只取符合条件的",
           "only those that match")
    METHOD("during", "(window: any, last_day?: string): selection",
           "只取在该时段内的",
           "only those that lie in the window")
    METHOD("cap", "(limit: number, span?: string, where?: table): selection",
           "每个时段只计前 limit；给出 where 时只限制符合条件的记录",
           "in each span keeps the first `limit`; with `where`, only records that match are capped")
    METHOD("over", "(limit: number, span?: string, where?: table): selection",
           "恰为 :cap 所不计的部分",
           "exactly what `:cap` leaves out")
    METHOD("first", "(n: number, span?: string): selection",
           "每个时段的前 n 条记录",
           "the first n records of each span")
    METHOD("once", "(t: table): selection",
           "每个值只计一条，例如同一成果只计最高级别",
           "one record for each value, such as the same work at its highest level")
    METHOD("blocks", "(t?: table): selection",
           "把相接的日期合为一段",
           "joins touching date ranges into one")
    METHOD("greatest", "(): selection",
           "数量最大的一条",
           "the one with the largest amount")
    METHOD("from_minimum", "(n: number, by: string): selection",
           "一组合计不足 n 时全不计",
           "nothing of a group counts below n")
    METHOD("round", "(way: string, step: any, span?: string): selection",
           "按声明的方式取整",
           "declared rounding")
    METHOD("sum", "(): number",
           "数量之和",
           "the sum of the amounts")
    METHOD("count", "(): number",
           "条数",
           "how many there are")
    METHOD("days", "(): number",
           "不重复的天数",
           "how many different days they cover")
    METHOD("exists", "(): condition",
           "是否有",
           "whether there is one")
    METHOD("distinct", "(path: string): number",
           "某一项不同值的个数",
           "how many different values one of its names has")
    METHOD("each", "(by: string): number",
           "为每个年度或每个声明的值各立一项要求，空的也算",
           "makes one need for each year or each declared value, empty ones included")
    METHOD("at_least", "(limit: number): need",
           "要求不少于",
           "needs at least this")
    METHOD("at_most", "(limit: number): need",
           "要求不超过",
           "needs at most this")
    METHOD("more_than", "(limit: number): need",
           "要求超过",
           "needs more than this")
    METHOD("less_than", "(limit: number): need",
           "要求少于",
           "needs less than this")
    METHOD("not_before", "(day: any): condition",
           "在该日或之后",
           "on this day or later")
    METHOD("not_after", "(day: any): condition",
           "在该日或之前",
           "on this day or earlier")
    METHOD("before", "(day_or_text: any): any",
           "日期：早于；列：该文字之前的部分",
           "of a date: earlier; of a column: the part before this text")
    METHOD("after", "(day_or_text: any): any",
           "日期：晚于；列：该文字之后的部分",
           "of a date: later; of a column: the part after this text")
    METHOD("split", "(separators: string|table): source",
           "按分隔文字拆成多个值",
           "several values, divided by these texts")
    METHOD("or_else", "(source: any): source",
           "为空时改取另一来源",
           "the other source where this one is empty")
    METHOD("by", "(path: string): number",
           "参数表中按该词取值",
           "reads a parameter's table by this word")
    METHOD("on", "(day: string): number",
           "参数按周期末日、判定日或记录日读取",
           "reads a parameter on the period's end, the decision's or the record's day")
    /* clang-format on */
};

const size_t vocabulary_count = sizeof vocabulary / sizeof *vocabulary;
