-- reverse proxies that we write into
create table npm_connection (
  connection_uuid  text    not null primary key,
  address          text    not null unique,
  identity         text    not null,
  server_url       text    not null,
  http_port        bigint  not null,
  https_port       bigint  not null,
  is_tunnelled     boolean not null,
  token            bytea,
  token_expires_at bigint,
  created_at       bigint  not null
);

-- proxy hosts that hold our text: what stood there before, what was written, what was made for it (one key a line)
create table npm_host (
  connection_uuid text   not null references npm_connection (connection_uuid) on delete cascade,
  host_id         bigint not null,
  former          text   not null,
  written         text   not null,
  providers       text   not null,
  made            text   not null,
  written_at      bigint not null,
  primary key (connection_uuid, host_id)
);

-- apps that were made for the labels of containers, and what those said then
create table docker_app (
  origin      text    not null primary key,
  provider_pk bigint  not null references proxy_provider (pk) on delete cascade,
  container   text    not null,
  name        text    not null,
  allow       text    not null,
  skip        text    not null,
  is_gone     boolean not null
);
