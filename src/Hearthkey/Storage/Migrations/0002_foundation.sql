-- values that exist once: the check of the master key, the setup link, instance settings
create table singleton (
  name  text not null primary key,
  value jsonb not null
);

create table event (
  event_uuid text   not null primary key,
  created_at bigint not null,
  expires_at bigint not null,
  action     text   not null,
  app        text   not null,
  client_ip  text,
  user_pk    bigint,
  username   text,
  person     jsonb  not null,
  context    jsonb  not null,
  brand      jsonb  not null,
  occurrences bigint not null default 1,
  coalesce_key text,
  subject     text,
  detail      text,
  source      text
);
create unique index event_coalesce on event (coalesce_key) where coalesce_key is not null;
create index event_created on event (created_at);
create index event_action on event (action, created_at);
create index event_username on event (username, created_at);
create index event_subject on event (subject, action, created_at) where subject is not null;
create index event_expires on event (expires_at);

create table certificate_key_pair (
  kp_uuid     text   not null primary key,
  name        text   not null unique,
  certificate text   not null,
  private_key bytea,
  key_type    text   not null,
  managed     text   unique,
  created_at  bigint not null
);
