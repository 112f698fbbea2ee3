import { beforeAll, describe, expect, test } from 'vitest'

import { type ProjectFunction, scopeOfPolicies } from '../programs/reading/project-functions.ts'
import { loadParser, parseExpression } from '../../../../database/syntax/syntax.ts'
import { claimsOnly } from './claims-only.ts'

beforeAll(loadParser)

function made(
  name: string,
  body: string | null,
  parameters: readonly string[] = [],
  schema = 'public',
): ProjectFunction {
  return { schema, name, body, parameters }
}

const jwt = "select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb"

const functions = [
  made('jwt', jwt, [], 'auth'),
  made('who', "select auth.jwt() ->> 'sub'"),
  made('claim', 'select auth.jwt() ->> name', ['name']),
  made('numbered', 'select auth.jwt() ->> $1'),
  made('nested', 'select who()'),
  made('endless', 'select public.endless()'),
  made('reads', 'select user_id from members limit 1'),
  made('timed', 'select now()::text'),
  made('hidden', null),
  made('overloaded', "select 'a'"),
  made('overloaded', null, ['a']),
  made('two', 'select 1; select 2'),
  made('any_setting', 'select current_setting(name)', ['name']),
  made('shadowing', "select lower('A')"),
  made('lower', null),
]

function read(text: string): string | null {
  const tree = parseExpression(text)
  return tree === null ? null : (claimsOnly(tree, scopeOfPolicies(functions))?.sql ?? null)
}

describe('known to be of the claims alone', () => {
  test.each([
    ["(auth.jwt() ->> 'sub'::text)", '("auth"."jwt"() operator(pg_catalog.->>) cast(\'sub\' as "pg_catalog"."text"))'],
    ['( SELECT public.who() AS who)', '(select "public"."who"())'],
    ["public.claim('org_id'::text)", '"public"."claim"(cast(\'org_id\' as "pg_catalog"."text"))'],
    ["public.numbered('org_id'::text)", '"public"."numbered"(cast(\'org_id\' as "pg_catalog"."text"))'],
    ['public.nested()', '"public"."nested"()'],
    [
      "current_setting('request.jwt.claim.sub'::text, true)",
      '"pg_catalog"."current_setting"(cast(\'request.jwt.claim.sub\' as "pg_catalog"."text"), true)',
    ],
    ["lower('It''s'::text)", '"pg_catalog"."lower"(cast(\'It\'\'s\' as "pg_catalog"."text"))'],
    ["('open'::public.mood)", 'cast(\'open\' as "public"."mood")'],
    ['(1 = 0)', '((1) operator(pg_catalog.=) (0))'],
    ['CURRENT_USER', 'current_user'],
    ['NULL::text', 'cast(null as "pg_catalog"."text")'],
    ['CASE WHEN true THEN 1 ELSE 2 END', 'case when true then (1) else (2) end'],
  ])('%s', (text, sql) => {
    expect(read(text)).toBe(sql)
  })
})

describe('left to Postgres', () => {
  test.each([
    'user_id',
    '(auth.jwt() ->> user_id)',
    'now()',
    'CURRENT_DATE',
    "('now'::text)::timestamp with time zone",
    "current_setting('app.tenant'::text)",
    "current_setting(('request.jwt.'::text || 'claims'::text))",
    'random()',
    'public.reads()',
    'public.timed()',
    'public.hidden()',
    'public.endless()',
    'public.overloaded()',
    'public.two()',
    'public.unheard_of()',
    "public.any_setting('app.tenant'::text)",
    'public.shadowing()',
    "(('a'::text COLLATE public.nd) = 'A'::text)",
    "('a'::extensions.citext OPERATOR(extensions.=) 'A'::extensions.citext)",
    '( SELECT m.org_id FROM public.members m LIMIT 1)',
    "jsonb_array_elements_text((auth.jwt() -> 'orgs'::text))",
    "( SELECT jsonb_array_elements_text((auth.jwt() -> 'orgs'::text)) AS jsonb_array_elements_text)",
    "'a'::character varying(1)",
    "pg_has_role('a'::name, 'member'::text)",
    'public.claim(VARIADIC ARRAY[1])',
    'EXISTS ( SELECT 1)',
    'not an expression at all',
  ])('%s', (text) => {
    expect(read(text)).toBeNull()
  })
})

test('a text in quotes cannot become SQL', () => {
  expect(read("('it''s'' or true --'::text)")).toBe("cast('it''s'' or true --' as \"pg_catalog\".\"text\")")
})
