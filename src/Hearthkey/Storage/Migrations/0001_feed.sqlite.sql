create table change (
  seq integer primary key autoincrement,
  at bigint not null,
  kind text not null,
  key text not null
);

create table counter (
  name text primary key not null,
  value bigint not null
);
