---@meta
-- The words of packs for lua-language-server, made from the program's own table: change it there. Nothing runs.

---规则包中的表达式：只声明，由程序稍后计算
---an expression of a pack: declared here, computed by the program later
---@class expression
---@operator add(any): expression
---@operator sub(any): expression
---@operator mul(any): expression
---@operator div(any): expression
---@operator call(string): expression
local expression = {}

---参数：P.名称
---parameters: P.name
---@type table<string, expression>
P = {}

---声明规则包：id、标题、版本、api，以及它扩展哪个规则包
---the pack itself: id, title, version, api and what it extends
---@param t table
---@return expression
function pack(t) end

---声明台账中事物的种类：类型、单位、所用词语和属性
---kinds of things in the ledger: type, unit, words and attributes
---@param t table
---@return expression
function kinds(t) end

---声明有序的词语，例如级别、方式、状态
---ordered words, such as levels, modes and statuses
---@param t table
---@return expression
function scales(t) end

---声明教师成长阶梯，也可当作同名的级别使用
---a ladder of stages, also usable as a scale of its id
---@param t table
---@return expression
function ladder(t) end

---列出机构，启用规则包时记入台账
---organizations that come into the ledger when the pack is used
---@param t table
---@return expression
function organizations(t) end

---列出项目及其批次，启用规则包时记入台账
---programmes and their cohorts that come into the ledger when the pack is used
---@param t table
---@return expression
function programmes(t) end

---列出关系（结对、师徒、成员、协议），启用规则包时记入台账
---relations (pairs, mentors, members, agreements) that come into the ledger when the pack is used
---@param t table
---@return expression
function relations(t) end

---声明有起始日期和出处的参数
---parameters, each value with its first day and source
---@param t table
---@return expression
function parameters(t) end

---声明周期：从哪天起、持续多久、跨期项目算在哪一期
---a period: when it starts, how long it lasts, where what spans two belongs
---@param t table
---@return expression
function period(t) end

---声明认定：一条记录算作哪一类、折算多少
---recognition: what a record counts as, and for how much
---@param t table
---@return expression
function recognition(t) end

---声明规则：对谁、在哪个周期、有哪些要求
---a rule: about whom, in which period, with which needs
---@param t table
---@return expression
function rule(t) end

---声明报告中的数字：从哪些记录、怎样得出
---figures of reports: from which rows, by which measure
---@param t table
---@return expression
function figures(t) end

---声明报告：由若干内容块组成
---a report as a list of blocks
---@param t table
---@return expression
function report(t) end

---声明按顺序遴选，并受名额限制
---who is chosen, in which order, within which limits
---@param t table
---@return expression
function selection(t) end

---声明覆盖：哪些对象应有某种关系，列出没有的
---coverage: who should have a relation; those without are listed
---@param t table
---@return expression
function coverage(t) end

---声明系列：每隔多久应有一次，列出缺失的
---a series: what should happen every so often; gaps are listed
---@param t table
---@return expression
function series(t) end

---声明步骤：每件事按顺序推进、只进不退，列出跳步、倒退和不该由其办理的
---steps that a matter takes in order and never back; what skips, turns back or is another's is listed
---@param t table
---@return expression
function sequence(t) end

---声明编号登记（如证书）：编给谁、编号怎样组成、校验方式
---a register of numbers, such as certificates: for whom, how a number is made and checked
---@param t table
---@return expression
function register(t) end

---声明计量单位在各语言中的写法
---how units are written in each language
---@param t table
---@return expression
function units(t) end

---声明导入方式：文件的列怎样成为台账的事实
---how the columns of a file become facts of the ledger
---@param t table
---@return expression
function adapter(t) end

---声明一个案例：给定的记录和预期的结论，由 pack test 检验
---a case: given records and the outcome expected; `pack test` tries it
---@param title string
---@return fun(t: table): expression
function case(title) end

---说明公布的案例为什么不涉及某些取值，供 pack test --mutate 列出
---why the published cases leave certain values open; `pack test --mutate` lists it
---@param t table
---@return expression
function leaves_open(t) end

---符合条件的记录，各带自身的数量
---the records that match, each with its own amount
---@param where? table
---@return expression
function records(where) end

---成员中规则“rule”得到该结论的个数
---how many of the members have this outcome of a rule
---@param rule string
---@param outcome? string
---@return expression
function outcomes(rule, outcome) end

---该规则在机构、项目或批次中所及的对象个数
---how many of the members a rule is about
---@param rule string
---@return expression
function members(rule) end

---对象的该项是否已知，例如 known "host"
---whether this is known of the subject, as in known "host"
---@param path string
---@return expression
function known(path) end

---对象某一项的数值
---the number that the subject has under this name
---@param path string
---@return expression
function value(path) end

---符合条件的参训（含跟岗）
---the enrollments, placements included, that match
---@param where? table
---@return expression
function enrollments(where) end

---随时间变化的事实在当日的值，例如 fact "hired" 是参加工作日期
---a fact that changes with time, as it is on the day: fact "hired" is a date
---@param kind string
---@return expression
function fact(kind) end

---同一对象另一条规则的结论；作条件时表示达标
---the outcome of another rule about the same subject; as a condition: met
---@param rule string
---@param outcome? string
---@return expression
function outcome(rule, outcome) end

---规则达标者
---those for whom the rule is met
---@param rule string
---@return expression
function met(rule) end

---本规则上一周期的输出
---what the same rule gave one period earlier
---@param output string
---@return expression
function previous(output) end

---关系另一端的对象
---the other end of a relation
---@param kind string
---@return expression
function related(kind) end

---周期中任职或请假所占的部分
---the part of the period in a post, or on leave
---@param what string
---@return expression
function portion(what) end

---从该日期到判定日的整年数
---full years from a date to the day of the decision
---@param date expression
---@param on? string
---@return expression
function years_since(date, on) end

---取第一个条件成立的分支，否则取 otherwise
---the first branch whose condition holds, else `otherwise`
---@param t table
---@return expression
function choose(t) end

---若干数中最大的
---the largest of several numbers
---@param ... number|string|expression
---@return expression
function highest_of(...) end

---若干数中最小的
---the smallest of several numbers
---@param ... number|string|expression
---@return expression
function lowest_of(...) end

---若干数之和
---the sum of several numbers
---@param ... number|string|expression
---@return expression
function sum_of(...) end

---所有条件都成立
---all of the conditions hold
---@param t table
---@return expression
function all_of(t) end

---至少一个条件成立
---at least one of the conditions holds
---@param t table
---@return expression
function any_of(t) end

---没有一个条件成立
---none of the conditions holds
---@param t table
---@return expression
function none_of(t) end

---不少于；用于词语时按其在级别中的次序比较
---at least; words are compared by their place in their scale
---@param limit any
---@return expression
function at_least(limit) end

---不超过
---at most
---@param limit any
---@return expression
function at_most(limit) end

---超过
---more than
---@param limit any
---@return expression
function more_than(limit) end

---少于
---less than
---@param limit any
---@return expression
function less_than(limit) end

---在两者之间，含两端
---between the two, both included
---@param low any
---@param high any
---@return expression
function between(low, high) end

---所指对象符合这些条件
---what it points to matches these conditions
---@param t table
---@return expression
function matches(t) end

---没有该项
---nothing is there
---@type expression
none = {}

---有该项，无论为何
---something is there, whatever it is
---@type expression
any = {}

---周期最后的若干年（或月、日）
---the last years, months or days of the period
---@param n integer
---@param span string
---@return expression
function last(n, span) end

---按该项取最高的一条
---keeps the one that is highest by this key
---@param key string
---@return expression
function highest(key) end

---不予认定，并交人工复核
---is not recognised, and a person is to look at it
---@param words table
---@return expression
function review(words) end

---不予认定，无须复核
---is not recognised, and nobody needs to look at it
---@param words table
---@return expression
function ignore(words) end

---文件中的一列；给出多个列名时取第一个存在的
---a column of the file; of several names the first that is there
---@param name string|table
---@return expression
function column(name) end

---表头之上某个标签旁的内容
---what stands beside a label in the rows above the header
---@param label string
---@return expression
function above(label) end

---按日期读取
---read as a date
---@param source string|expression
---@return expression
function day(source) end

---按数量读取，数字后可带单位
---read as an amount; its unit may stand behind the number
---@param source string|expression
---@param unit? string
---@return expression
function amount(source, unit) end

---按时长读取，以分钟计，例如 0:30:00
---read as a duration in minutes, such as 0:30:00
---@param source string|expression
---@return expression
function duration(source) end

---文件中可以没有这一列
---the column may be missing from the file
---@param source string|expression
---@return expression
function optional(source) end

---报告对象的全部判定：各项要求、计入和未计入的记录及原因
---everything decided about the report's subject: needs, what counted, what did not and why
---@param t table
---@return expression
function decisions(t) end

---标题
---a heading
---@param t table
---@return expression
function heading(t) end

---段落，花括号中的数字名会替换为数字
---a paragraph; figures stand in braces
---@param t table
---@return expression
function paragraph(t) end

---突出显示的若干数字
---figures that are shown large
---@param t table
---@return expression
function key_figures(t) end

---图表：条形、柱形、折线或占比
---a chart: bar, column, line or share
---@param t table
---@return expression
function chart(t) end

---核对：数字之间应相等或不超过，不符的在报告中标明
---figures that have to agree; where they do not, the report says so
---@param t table
---@return expression
function checks(t) end

---小字说明
---a remark in small print
---@param t table
---@return expression
function note(t) end

---换页
---a page break
---@return expression
function page() end

---只取符合条件的
---only those that match
---@param where table
---@return expression
function expression:where(where) end

---只取在该时段内的
---only those that lie in the window
---@param window any
---@param last_day? string
---@return expression
function expression:during(window, last_day) end

---每个时段只计前 limit；给出 where 时只限制符合条件的记录
---in each span keeps the first `limit`; with `where`, only records that match are capped
---@param limit number|string|expression
---@param span? string
---@param where? table
---@return expression
function expression:cap(limit, span, where) end

---恰为 :cap 所不计的部分
---exactly what `:cap` leaves out
---@param limit number|string|expression
---@param span? string
---@param where? table
---@return expression
function expression:over(limit, span, where) end

---每个时段的前 n 条记录
---the first n records of each span
---@param n number|string|expression
---@param span? string
---@return expression
function expression:first(n, span) end

---每个值只计一条，例如同一成果只计最高级别
---one record for each value, such as the same work at its highest level
---@param t table
---@return expression
function expression:once(t) end

---把相接的日期合为一段
---joins touching date ranges into one
---@param t? table
---@return expression
function expression:blocks(t) end

---数量最大的一条
---the one with the largest amount
---@return expression
function expression:greatest() end

---一组合计不足 n 时全不计
---nothing of a group counts below n
---@param n number|string|expression
---@param by string
---@return expression
function expression:from_minimum(n, by) end

---按声明的方式取整
---declared rounding
---@param way string
---@param step any
---@param span? string
---@return expression
function expression:round(way, step, span) end

---数量之和
---the sum of the amounts
---@return expression
function expression:sum() end

---条数
---how many there are
---@return expression
function expression:count() end

---不重复的天数
---how many different days they cover
---@return expression
function expression:days() end

---是否有
---whether there is one
---@return expression
function expression:exists() end

---某一项不同值的个数
---how many different values one of its names has
---@param path string
---@return expression
function expression:distinct(path) end

---为每个年度或每个声明的值各立一项要求，空的也算
---makes one need for each year or each declared value, empty ones included
---@param by string
---@return expression
function expression:each(by) end

---要求不少于
---needs at least this
---@param limit number|string|expression
---@return expression
function expression:at_least(limit) end

---要求不超过
---needs at most this
---@param limit number|string|expression
---@return expression
function expression:at_most(limit) end

---要求超过
---needs more than this
---@param limit number|string|expression
---@return expression
function expression:more_than(limit) end

---要求少于
---needs less than this
---@param limit number|string|expression
---@return expression
function expression:less_than(limit) end

---在该日或之后
---on this day or later
---@param day any
---@return expression
function expression:not_before(day) end

---在该日或之前
---on this day or earlier
---@param day any
---@return expression
function expression:not_after(day) end

---日期：早于；列：该文字之前的部分
---of a date: earlier; of a column: the part before this text
---@param day_or_text any
---@return expression
function expression:before(day_or_text) end

---日期：晚于；列：该文字之后的部分
---of a date: later; of a column: the part after this text
---@param day_or_text any
---@return expression
function expression:after(day_or_text) end

---按分隔文字拆成多个值
---several values, divided by these texts
---@param separators string|table
---@return expression
function expression:split(separators) end

---为空时改取另一来源
---the other source where this one is empty
---@param source any
---@return expression
function expression:or_else(source) end

---参数表中按该词取值
---reads a parameter's table by this word
---@param path string
---@return expression
function expression:by(path) end

---参数按周期末日、判定日或记录日读取
---reads a parameter on the period's end, the decision's or the record's day
---@param day string
---@return expression
function expression:on(day) end
