#include <stdio.h>
#include <string.h>
#include "sqlite3.h"
static int row(void *unused, int count, char **values, char **names) {
  for (int i = 0; i < count; i++) printf("%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
  printf("\n");
  return 0;
}
static int by_length(void *unused, int n, const void *a, int m, const void *b) { return n != m ? n - m : memcmp(a, b, n); }
static void twice(sqlite3_context *context, int count, sqlite3_value **values) {
  sqlite3_result_int64(context, 2 * sqlite3_value_int64(values[0]));
}
int main(void) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db)) return 1;
  sqlite3_create_collation(db, "by_length", SQLITE_UTF8, 0, by_length);
  sqlite3_create_function(db, "twice", 1, SQLITE_UTF8, 0, twice, 0, 0);
  const char *script =
    "create table t(id integer primary key, name text, value real);"
    "with recursive n(i) as (select 1 union all select i+1 from n where i<500)"
    " insert into t select i, printf('%.*c', i%7+1, 'x')||i, i*1.5 from n;"
    "create index by_name on t(name);"
    "select count(*), sum(value), max(name collate by_length), total(twice(id)) from t;"
    "select name, group_concat(id, '+') from t where id%97=0 group by length(name) order by name;"
    "delete from t where id%2; update t set value=value/3 where id>400;"
    "select round(avg(value),3), count(distinct length(name)) from t;"
    "select json_group_array(json_object('id',id)) from t where id<9;"
    "select quote(zeroblob(3)), hex('text'), 9223372036854775807 + 1, upper('straße'), strftime('%Y-%m-%d', 86400*365, 'unixepoch');";
  char *message = 0;
  if (sqlite3_exec(db, script, row, 0, &message)) { printf("error: %s\n", message); return 1; }
  if (!sqlite3_exec(db, "select * from missing", row, 0, &message)) return 1;
  printf("error: %s\n", message);
  sqlite3_close(db);
  return 0;
}
