create table change (
  seq bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  at bigint not null,
  kind text not null,
  key text not null
);

create index change_tx on change (tx);

create table counter (
  name text primary key not null,
  value bigint not null
);
