create table flow (
  flow_uuid          text    not null primary key,
  pbm_uuid           text    not null unique,
  name               text    not null,
  slug               text    not null unique,
  title              text    not null,
  designation        text    not null,
  authentication     text    not null,
  background         text    not null,
  compatibility_mode boolean not null,
  layout             text    not null,
  denied_action      text    not null,
  policy_engine_mode text    not null
);

-- one row a stage of any kind; config is the kind's own record
create table stage (
  stage_uuid text  not null primary key,
  name       text  not null unique,
  model      text  not null,
  config     jsonb not null
);

create table flow_stage_binding (
  fsb_uuid                text    not null primary key,
  pbm_uuid                text    not null unique,
  target                  text    not null references flow (flow_uuid) on delete cascade,
  stage                   text    not null references stage (stage_uuid) on delete cascade,
  position                bigint  not null,
  evaluate_on_plan        boolean not null,
  re_evaluate_policies    boolean not null,
  policy_engine_mode      text    not null,
  invalid_response_action text    not null,
  unique (target, stage, position)
);

create table prompt (
  prompt_uuid              text    not null primary key,
  name                     text    not null unique,
  field_key                text    not null,
  label                    text    not null,
  type                     text    not null,
  required                 boolean not null,
  placeholder              text    not null,
  initial_value            text    not null,
  position                 bigint  not null,
  sub_text                 text    not null
);

-- a person on the way through a flow, one row a browser tab, from the first POST on
create table flow_state (
  id         text   not null primary key,
  flow_uuid  text   not null references flow (flow_uuid) on delete cascade,
  state      jsonb  not null,
  version    bigint not null,
  expires_at bigint not null,
  source     text   not null
);
create index flow_state_source on flow_state (source, expires_at);
create index flow_state_expires on flow_state (expires_at);
