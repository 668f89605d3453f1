create table brand (
  brand_uuid          text    not null primary key,
  domain              text    not null unique,
  is_default          boolean not null,
  title               text    not null,
  logo                text    not null,
  favicon             text    not null,
  flow_authentication text references flow (flow_uuid) on delete set null,
  flow_invalidation   text references flow (flow_uuid) on delete set null,
  attributes          jsonb   not null
);

create table scope_mapping (
  pm_uuid     text not null primary key,
  managed     text unique,
  name        text not null unique,
  expression  text not null,
  scope_name  text not null,
  description text not null
);

create table provider (
  pk                  bigint not null primary key,
  model               text   not null,
  name                text   not null unique,
  authentication_flow text references flow (flow_uuid) on delete set null,
  authorization_flow  text   not null references flow (flow_uuid),
  invalidation_flow   text   not null references flow (flow_uuid)
);
create table provider_mapping (
  provider_pk bigint not null references provider (pk) on delete cascade,
  pm_uuid     text   not null references scope_mapping (pm_uuid) on delete cascade,
  primary key (provider_pk, pm_uuid)
);
create table oauth2_provider (
  pk                         bigint  not null primary key references provider (pk) on delete cascade,
  client_type                text    not null,
  client_id                  text    not null unique,
  client_secret              bytea   not null,
  grant_types                jsonb   not null,
  access_code_validity       text    not null,
  access_token_validity      text    not null,
  refresh_token_validity     text    not null,
  refresh_token_threshold    text    not null,
  include_claims_in_id_token boolean not null,
  signing_key                text references certificate_key_pair (kp_uuid) on delete set null,
  redirect_uris              jsonb   not null,
  sub_mode                   text    not null,
  issuer_mode                text    not null
);
create table proxy_provider (
  pk                     bigint  not null primary key references provider (pk) on delete cascade,
  client_id              text    not null unique,
  client_secret          bytea   not null,
  cookie_secret          bytea   not null,
  mode                   text    not null,
  external_host          text    not null,
  host_key               text    not null unique,
  cookie_domain          text    not null,
  internal_host          text    not null,
  internal_host_ssl      boolean not null,
  skip_path_regex        text    not null,
  access_token_validity  text    not null,
  skip_self_probe        boolean not null,
  -- what the application is told, and how programs are answered
  basic_auth_enabled     boolean not null default false,
  basic_auth_user        text    not null default '',
  basic_auth_password    text    not null default '',
  intercept_header_auth  boolean not null default true,
  identity_headers       text,
  header_username        text,
  header_groups          text,
  header_email           text,
  header_name            text,
  identity_jwt           boolean not null default false
);

-- hosts of a provider at domain level that have rules of their own; host_uuid is what bindings name
create table proxy_host (
  host_uuid          text    not null primary key,
  provider_pk        bigint  not null references proxy_provider (pk) on delete cascade,
  host               text    not null,
  is_open            boolean not null,
  skip_path_regex    text    not null,
  policy_engine_mode text    not null,
  unique (provider_pk, host)
);

-- hosts that are asked from outside, and what they answered last
create table host_probe (
  provider_pk bigint  not null references proxy_provider (pk) on delete cascade,
  origin      text    not null,
  -- known from a check alone, as hosts of a domain are
  is_seen     boolean not null,
  -- what was in force when it was asked; another one makes it due
  wiring      text    not null,
  due_at      bigint  not null,
  seen_at     bigint  not null,
  asked_at    bigint,
  is_good     boolean not null,
  outcome     jsonb,
  alerted_at  bigint,
  primary key (provider_pk, origin)
);
create index host_probe_due on host_probe (due_at);

create table application (
  app_uuid           text    not null primary key,
  pbm_uuid           text    not null unique,
  name               text    not null,
  slug               text    not null unique,
  provider_pk        bigint  unique references provider (pk) on delete set null,
  open_in_new_tab    boolean not null,
  meta_launch_url    text    not null,
  meta_icon          text    not null,
  meta_description   text    not null,
  meta_publisher     text    not null,
  meta_hide          boolean not null,
  policy_engine_mode text    not null,
  app_group          text    not null
);

create table policy_binding (
  binding_uuid   text    not null primary key,
  target         text    not null,
  group_uuid     text references groups (group_uuid) on delete cascade,
  user_pk        bigint references users (pk) on delete cascade,
  negate         boolean not null,
  enabled        boolean not null,
  position       bigint  not null,
  timeout        bigint  not null,
  failure_result boolean not null
);
create index policy_binding_target on policy_binding (target);

create table outpost (
  outpost_uuid text  not null primary key,
  name         text  not null unique,
  type         text  not null,
  config       jsonb not null,
  managed      text  unique
);
create table outpost_provider (
  outpost_uuid text   not null references outpost (outpost_uuid) on delete cascade,
  provider_pk  bigint not null references provider (pk) on delete cascade,
  primary key (outpost_uuid, provider_pk)
);
