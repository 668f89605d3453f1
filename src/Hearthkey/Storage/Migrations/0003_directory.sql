create table users (
  pk            bigint  not null primary key,
  uuid          text    not null unique,
  uid           text    not null unique,
  username      text    not null,
  username_key  text    not null unique,
  name          text    not null,
  name_key      text    not null,
  email         text    not null,
  email_key     text    not null,
  is_active     boolean not null,
  type          text    not null check (type in ('internal', 'external', 'service_account', 'internal_service_account')),
  path          text    not null,
  attributes    jsonb   not null,
  password      text,
  password_at   bigint  not null,
  last_login_at bigint,
  joined_at     bigint  not null,
  updated_at    bigint  not null
);
create index users_email on users (email_key);
create index users_name on users (name_key);

create table groups (
  group_uuid   text    not null primary key,
  num_pk       bigint  not null unique,
  name         text    not null,
  name_key     text    not null unique,
  is_superuser boolean not null,
  attributes   jsonb   not null
);
create table group_parent (
  group_uuid  text not null references groups (group_uuid) on delete cascade,
  parent_uuid text not null references groups (group_uuid) on delete cascade,
  primary key (group_uuid, parent_uuid)
);
create table group_member (
  group_uuid text   not null references groups (group_uuid) on delete cascade,
  user_pk    bigint not null references users (pk) on delete cascade,
  primary key (group_uuid, user_pk)
);
create index group_member_user on group_member (user_pk);

create table token (
  token_uuid  text    not null primary key,
  identifier  text    not null unique,
  intent      text    not null check (intent in ('verification', 'api', 'recovery', 'app_password')),
  user_pk     bigint  not null references users (pk) on delete cascade,
  description text    not null,
  key_hash    text    not null unique,
  key_secret  bytea   not null,
  expiring    boolean not null,
  expires_at  bigint,
  managed     text,
  created_at  bigint  not null,
  -- what an app password is limited to; an application that is gone opens nothing, so it needs no reference
  limit_application text,
  limit_methods     jsonb not null,
  limit_paths       jsonb not null
);
create index token_user on token (user_pk);
