import { beforeAll, describe, expect, it } from 'vitest'

import { keyOf, type Reach, unknownReach } from './reach.ts'
import { loadParser } from '../../../database/syntax/syntax.ts'
import { reachOfPolicies } from './reach-of-policies.ts'

beforeAll(async () => await loadParser())

const known = new Set(['auth.jwt', 'auth.uid', 'auth.role', 'auth.email', 'realtime.topic'])
const read = (...expressions: string[]): Reach => reachOfPolicies(expressions, known)
const claims = (...names: string[]): Reach => ({ kind: 'claims', claims: names, readsHeaders: false })

describe('the reach of policies', () => {
  it.each([
    ['true', []],
    [`(extension = ANY (ARRAY['broadcast'::text, 'presence'::text]))`, []],
    [`(( SELECT realtime.topic() AS topic) = 'room'::text)`, []],
    [`(( SELECT (auth.jwt() ->> 'sub'::text)) = split_part(realtime.topic(), ':'::text, 2))`, ['sub']],
    [`(('org:'::text || ((auth.jwt() -> 'o'::text) ->> 'id'::text)) = topic)`, ['o']],
    [
      `(COALESCE((auth.jwt() ->> 'org_id'::text), ((auth.jwt() -> 'o'::text) ->> 'id'::text)) IS NOT NULL)`,
      ['o', 'org_id'],
    ],
    [`((( SELECT auth.jwt() AS jwt) ->> 'club'::text) IS NOT NULL)`, ['club']],
    [`(topic = ('user:'::text || (auth.uid())::text))`, ['sub']],
    [`((auth.role() = 'authenticated'::text) AND (auth.email() ~~ '%@acme.com'::text))`, ['email']],
    [`(((current_setting('request.jwt.claims'::text, true))::jsonb ->> 'sub'::text) = 'a'::text)`, ['sub']],
    [`(current_setting('request.jwt.claim.sub'::text, true) = 'a'::text)`, ['sub']],
    [`CASE WHEN private THEN ((auth.jwt() ->> 'aal'::text) = 'aal2'::text) ELSE true END`, ['aal']],
  ])('%s is %j', (expression, names) => {
    expect(read(expression)).toEqual(claims(...names))
  })

  it('is what all of them read', () => {
    expect(read(`(auth.jwt() ->> 'b') = 'x'`, 'true', `auth.uid() is null`, `auth.jwt() ->> 'a' is null`)).toEqual(
      claims('a', 'b', 'sub'),
    )
    expect(read()).toEqual(claims())
  })

  it('has the headers in it where they are read', () => {
    expect(read(`((current_setting('request.headers'::text))::json ->> 'x-team'::text) = 'red'::text`)).toEqual({
      kind: 'claims',
      claims: [],
      readsHeaders: true,
    })
  })

  it.each([
    'auth.jwt() IS NOT NULL',
    `((auth.jwt() -> realtime.topic()) IS NOT NULL)`,
    `(auth.jwt() @> '{"a":1}'::jsonb)`,
    `(current_setting('request.jwt.claims'::text, true) IS NOT NULL)`,
    `(current_setting('app.anything'::text, true) = 'x'::text)`,
    `(current_setting(topic, true) = 'x'::text)`,
    '(EXISTS ( SELECT 1 FROM public.rooms_users))',
    '(( SELECT count(*) AS count FROM public.rooms_users) > 0)',
    `(topic IN ( SELECT unnest(ARRAY['a'::text]) AS unnest))`,
    'public.is_member(realtime.topic())',
    `(public.requesting_user_id() = 'a'::text)`,
    '(inserted_at > now())',
    '(random() > (0.5)::double precision)',
    "CURRENT_USER = 'a'::name",
    `((auth.jwt() ->> 'exp'::text))::timestamp with time zone > '2020-01-01'::timestamp with time zone`,
    `(topic OPERATOR(public.=) 'a'::text)`,
    `(('x'::text)::public.mood = 'happy'::public.mood)`,
    'storage.anything()',
    '$1',
    'this is no SQL',
  ])('is unknown for %s', (expression) => {
    expect(read('true', expression)).toEqual(unknownReach)
  })

  it('is unknown where a function is not what its name says', () => {
    for (const expression of ['auth.uid() is null', `auth.jwt() ->> 'a' is null`]) {
      expect(reachOfPolicies([expression], new Set(['auth.role']))).toEqual(unknownReach)
    }
  })
})

const asking = (all: Record<string, unknown>, role = 'authenticated') => ({
  role,
  claims: { ...all, role },
  claimsJson: JSON.stringify({ ...all, role }),
})
const keys = (reach: Reach, ...all: Parameters<typeof asking>[]): number =>
  new Set(all.map((parts) => keyOf(reach, asking(...parts), 'room', JSON.stringify(parts)))).size

const key = (topic: string, headers: string, readsHeaders: boolean) =>
  keyOf({ kind: 'claims', claims: [], readsHeaders }, asking({}), topic, headers)

describe('the key of an answer', () => {
  it('is the same where what is read agrees', () => {
    expect(keys(claims('o'), [{ o: { id: 1 }, sub: 'a' }], [{ o: { id: 1 }, sub: 'b' }])).toBe(1)
  })

  it.each<[string, Reach, ...Parameters<typeof asking>[]]>([
    ['a claim that is read', claims('sub'), [{ sub: 'a' }], [{ sub: 'b' }]],
    ['a claim that is null or missing', claims('sub'), [{ sub: null }], [{}]],
    ['a claim inherited by every object', claims('toString'), [{ toString: 'x' }], [{}]],
    ['claims that change places', claims('a', 'b'), [{ a: 1 }], [{ b: 1 }]],
    ['the role', claims(), [{}, 'anon'], [{}, 'authenticated']],
    ['any claim where all may be read', unknownReach, [{ iat: 1 }], [{ iat: 2 }]],
  ])('differs by %s', (_, reach, ...all) => {
    expect(keys(reach, ...all)).toBe(2)
  })

  it('differs by the topic, and by the headers where they are read', () => {
    expect(key('a', '{}', false)).not.toBe(key('b', '{}', false))
    expect(key('a', '{}', false)).toBe(key('a', '{"x":"1"}', false))
    expect(key('a', '{}', true)).not.toBe(key('a', '{"x":"1"}', true))
  })
})
