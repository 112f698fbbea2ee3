-- The GraphQL entry point of a project in which no GraphQL extension is installed: it answers, with an error.

-- degrades: the placeholder of the GraphQL entry point
-- needs: CREATE on schema graphql_public
-- grant: grant usage, create on schema graphql_public to {user};
-- unless: to_regprocedure('graphql_public.graphql(text,text,jsonb,jsonb)') is not null
create function graphql_public.graphql(
  "operationName" text default null,
  query text default null,
  variables jsonb default null,
  extensions jsonb default null
) returns jsonb language sql stable as $$
  select jsonb_build_object('errors', jsonb_build_array(
    jsonb_build_object('message', 'pg_graphql extension is not enabled.')
  ))
$$;
call tenon.grant_where_made(
  'execute on function graphql_public.graphql', 'postgres', 'anon', 'authenticated', 'service_role');
-- end
