// The reference rule in DuckDB (npm @duckdb/node-api), over a database of its own:
//   node duck.mjs load FILE FOLDER                     people.csv and records.csv as tables by person and day
//   node duck.mjs QUERY FILE SQL                       runs the SQL in the file named, prints the first row
//   node duck.mjs lines FILE SQL                       prints the first column of every row
// To standard error: how long the query alone took, in nanoseconds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(`${process.env.HONGZHU_BENCH_MODULES}/`)('@duckdb/node-api');

const [way, file, more] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { threads: process.env.HONGZHU_BENCH_THREADS ?? '2' });
const connection = await instance.connect();

if (way === 'load') {
  await connection.run(`create table people as select cast(substr(code, 2) as integer) as person,
    cast(hired - date '1970-01-01' as integer) as hired from read_csv('${more}/people.csv') order by person`);
  await connection.run(`create table records as select cast(substr(person, 2) as integer) as person,
    cast(day - date '1970-01-01' as integer) as day, cast(substr(record, 2) as integer) as record,
    cast(case kind when 'award' then 1 when 'school_based' then 2 when 'placement' then 3 when 'workshop' then 4 else 0 end as tinyint) as kind,
    cast(case mode when 'offline' then 1 when 'online' then 2 else 0 end as tinyint) as mode,
    cast(round(hours * 10) as integer) as tenths from read_csv('${more}/records.csv') order by person, day, record`);
  await connection.run('checkpoint');
} else {
  const sql = readFileSync(more, 'utf8');
  const began = process.hrtime.bigint();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  process.stderr.write(`${process.hrtime.bigint() - began}\n`);
  if (way === 'lines') process.stdout.write(rows.map((row) => `${row[0]}\n`).join(''));
  else console.log(rows[0].map(String).join(' '));
}
connection.closeSync();
instance.closeSync();
