-- id_hash is the SHA-256 of the id in the cookie, in hex: reading the table gives nobody a session
create table session (
  id_hash      text    not null primary key,
  uuid         text    not null unique,
  user_pk      bigint  not null references users (pk) on delete cascade,
  created_at   bigint  not null,
  auth_at      bigint  not null,
  amr          text    not null,
  last_used_at bigint  not null,
  idle_seconds bigint  not null,
  expires_at   bigint  not null,
  is_kept      boolean not null,
  last_ip      text    not null,
  user_agent   text    not null
);
create index session_by_user on session (user_pk);
create index session_expires on session (expires_at);

-- one authorization: a code redeemed, or a program that proved itself; the tokens that come of it end with it
-- secret_hash is that of the app password that a program's grant hangs on; a program has no session
create table oauth_grant (
  pk                bigint not null primary key,
  provider_pk       bigint not null references provider (pk) on delete cascade,
  user_pk           bigint not null references users (pk) on delete cascade,
  session_uuid      text,
  secret_hash       text,
  scope             text   not null,
  is_offline        boolean not null,
  auth_at           bigint not null,
  amr               text   not null,
  nonce             text,
  created_at        bigint not null,
  expires_at        bigint not null,
  access_claims     jsonb,
  access_expires_at bigint
);
create index oauth_grant_user on oauth_grant (user_pk);
create index oauth_grant_session on oauth_grant (session_uuid);
create index oauth_grant_expires on oauth_grant (expires_at);

create table authorization_code (
  code_hash    text   not null primary key,
  provider_pk  bigint not null references provider (pk) on delete cascade,
  user_pk      bigint not null references users (pk) on delete cascade,
  session_uuid text   not null,
  request      jsonb  not null,
  expires_at   bigint not null,
  grant_pk     bigint,
  keep_until   bigint not null
);
create index authorization_code_keep on authorization_code (keep_until);

create table refresh_token (
  token_hash text    not null primary key,
  grant_pk   bigint  not null references oauth_grant (pk) on delete cascade,
  created_at bigint  not null,
  expires_at bigint  not null,
  rotated_at bigint
);
create index refresh_token_grant on refresh_token (grant_pk);
create index refresh_token_expires on refresh_token (expires_at);

create table proxy_session (
  id_hash      text   not null primary key,
  provider_pk  bigint not null references provider (pk) on delete cascade,
  user_pk      bigint not null references users (pk) on delete cascade,
  session_uuid text   not null,
  host_name    text,
  created_at   bigint not null,
  expires_at   bigint not null
);
create index proxy_session_user on proxy_session (user_pk);
create index proxy_session_session on proxy_session (session_uuid);
create index proxy_session_expires on proxy_session (expires_at);
