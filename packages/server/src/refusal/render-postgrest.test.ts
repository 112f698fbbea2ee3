import { describe, expect, test } from 'vitest'

import { Fault } from './fault.ts'
import { type AnyRefusal, Refusal, type RefusalDetails } from './refusal.ts'
import { type PostgrestRendering, renderPostgrest } from './render-postgrest.ts'
import type { RoutineCandidate } from './vocabulary/catalog.ts'

const rendering: PostgrestRendering = { anonymousRole: 'anon', verbosity: 'verbose', explain: false }

interface Body {
  readonly code: string
  readonly details: unknown
  readonly hint: string | null
  readonly message: string
}

function rendered(refused: AnyRefusal | Fault, extra: Partial<PostgrestRendering> = {}) {
  const { body, headers, ...rest } = renderPostgrest(refused, { ...rendering, ...extra })
  return { ...rest, text: body, body: JSON.parse(body) as Body, headers: new Headers(headers.map(([n, v]) => [n, v])) }
}

function postgres(
  sqlstate: string,
  message: string,
  parts: Partial<RefusalDetails['postgres.error']> = {},
): AnyRefusal {
  return new Refusal('postgres.error', {
    sqlstate,
    message,
    detail: null,
    hint: null,
    role: 'authenticated',
    ...parts,
  })
}

function overload(type: string): RoutineCandidate {
  return { schema: 's', name: 'f', parameters: [{ name: 'a', type }] }
}

describe('the form of a refusal', () => {
  const unknown = new Refusal('catalog.relation-unknown', {
    schema: 'test',
    relation: 'non_existent_table',
    suggestion: null,
  })

  test('is JSON with its members in alphabetical order, and Proxy-Status names the code', () => {
    const { text, headers } = rendered(unknown)
    expect(text).toBe(
      '{"code":"PGRST205","details":null,"hint":null,"message":"Could not find the table \'test.non_existent_table\' in the schema cache"}',
    )
    expect(Object.fromEntries(headers)).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'proxy-status': 'PostgREST; error=PGRST205',
    })
  })

  test('has code and message alone at minimal verbosity', () => {
    expect(rendered(unknown, { verbosity: 'minimal' }).text).toBe(
      '{"code":"PGRST205","message":"Could not find the table \'test.non_existent_table\' in the schema cache"}',
    )
  })

  test('carries the fix as its hint where explanations are wanted and PostgREST has none', () => {
    const refusal = new Refusal('token.expired', { expiredAt: 1, now: 2 }, { fix: 'Sign in again.' })
    expect(rendered(refusal).body.hint).toBeNull()
    expect(rendered(refusal).headers.has('x-tenon-refusal')).toBe(false)
    const explained = rendered(refusal, { explain: true })
    expect(explained.body.hint).toBe('Sign in again.')
    expect(explained.headers.get('x-tenon-refusal')).toBe('token.expired')
  })

  test('keeps the hint of Postgres before the fix', () => {
    const { detail } = postgres('42501', 'no', { hint: 'from Postgres' }) as Refusal<'postgres.error'>
    const refusal = new Refusal('postgres.error', detail, { fix: 'from us' })
    expect(rendered(refusal, { explain: true }).body.hint).toBe('from Postgres')
  })

  test('tells of a fault nothing but its trace id', () => {
    const { status, body, text } = rendered(new Fault('trace-1', new Error('password of the database')))
    expect(status).toBe(500)
    expect(body.code).toBe('PGRSTX00')
    expect(text).toContain('trace-1')
    expect(text).not.toContain('password')
  })
})

describe('statuses by SQLSTATE', () => {
  test.each([
    ['08006', 503],
    ['09000', 500],
    ['0L000', 403],
    ['0P000', 403],
    ['21000', 500],
    ['22012', 400],
    ['22023', 400],
    ['23502', 400],
    ['23503', 409],
    ['23505', 409],
    ['25006', 405],
    ['25001', 500],
    ['28000', 403],
    ['2D000', 500],
    ['38000', 500],
    ['39000', 500],
    ['3B000', 500],
    ['40001', 500],
    ['42501', 403],
    ['42601', 400],
    ['42883', 404],
    ['42P01', 404],
    ['42P17', 500],
    ['53300', 503],
    ['53400', 500],
    ['54001', 500],
    ['55000', 500],
    ['57014', 500],
    ['57P01', 503],
    ['58000', 500],
    ['F0000', 500],
    ['HV000', 500],
    ['P0001', 400],
    ['P0002', 500],
    ['XX000', 500],
    ['ABCDE', 400],
  ])('%s is %i', (sqlstate, status) => {
    expect(rendered(postgres(sqlstate, 'it says')).status).toBe(status)
  })

  test('a missing privilege is 401 for the anonymous role', () => {
    const { status, headers } = rendered(postgres('42501', 'permission denied', { role: 'anon' }))
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })

  test('a role that does not exist is 401', () => {
    expect(rendered(postgres('22023', 'role "x" does not exist')).status).toBe(401)
  })

  test('a statement without WHERE, refused as unsafe, is 400', () => {
    expect(rendered(postgres('21000', 'UPDATE requires a WHERE clause')).status).toBe(400)
  })

  test('a media type that only XML could make is 406', () => {
    expect(rendered(postgres('42883', 'function xmlagg(test.x) does not exist')).status).toBe(406)
  })

  test('what Postgres says passes through unchanged', () => {
    const refusal = postgres('23505', 'duplicate key', { detail: 'Key (id)=(1) already exists.', hint: 'h' })
    expect(rendered(refusal).text).toBe(
      '{"code":"23505","details":"Key (id)=(1) already exists.","hint":"h","message":"duplicate key"}',
    )
  })
})

describe('a response that SQL chose', () => {
  test('RAISE SQLSTATE PT402 is status 402 with the message as its reason', () => {
    const refusal = postgres('PT402', 'Payment Required', { detail: 'Quota exceeded', hint: 'Upgrade your plan' })
    const { status, statusText, text } = rendered(refusal)
    expect({ status, statusText }).toEqual({ status: 402, statusText: 'Payment Required' })
    expect(text).toHaveLength(99)
  })

  test.each(['PTabc', 'PT000', 'PT7'])('%s is no status and therefore 500', (sqlstate) => {
    expect(rendered(postgres(sqlstate, 'm')).status).toBe(500)
  })

  test('a reason phrase cannot end its line', () => {
    expect(rendered(postgres('PT400', 'a\r\nSet-Cookie: b')).statusText).toBe('a??Set-Cookie: b')
  })

  test('RAISE SQLSTATE PGRST gives body, status, reason and headers', () => {
    const { status, statusText, body, headers } = rendered(
      postgres('PGRST', '{"code":"123","message":"ABC","details":"DEF","hint":"XYZ"}', {
        detail: '{"status":332,"status_text":"My Not Found","headers":{"X-Header":"str"}}',
      }),
    )
    expect({ status, statusText }).toEqual({ status: 332, statusText: 'My Not Found' })
    expect(body).toEqual({ code: '123', message: 'ABC', details: 'DEF', hint: 'XYZ' })
    expect(headers.get('x-header')).toBe('str')
    expect(headers.get('proxy-status')).toBe('PostgREST; error=123')
  })

  test.each([
    ['INVALID', null, "Invalid JSON value for MESSAGE: 'INVALID'"],
    ['{"code":"123"}', '{}', `Invalid JSON value for MESSAGE: '{"code":"123"}'`],
    ['{"code":"123","message":"m"}', null, 'DETAIL is missing in the RAISE statement'],
    ['{"code":"123","message":"m"}', 'INVALID', "Invalid JSON value for DETAIL: 'INVALID'"],
    [
      '{"code":"123","message":"m"}',
      '{"status":"a","headers":{}}',
      `Invalid JSON value for DETAIL: '{"status":"a","headers":{}}'`,
    ],
  ])('MESSAGE %s with DETAIL %s is PGRST121', (message, detail, details) => {
    const { status, body } = rendered(postgres('PGRST', message, { detail }))
    expect(status).toBe(500)
    expect(body).toMatchObject({ code: 'PGRST121', details })
    expect(body.hint).toContain('obligatory keys')
  })
})

describe('the database out of reach', () => {
  test.each<[AnyRefusal, number, string, string | null]>([
    [new Refusal('catalog.not-loaded', { retryAfter: 4 }), 503, 'PGRST002', '4'],
    [new Refusal('postgres.unreachable', { reason: 'refused' }), 503, 'PGRST000', '1'],
    [new Refusal('postgres.connection-lost', { reason: 'reset' }), 503, 'PGRST001', '1'],
    [new Refusal('postgres.pool-timeout', { waited: 10 }), 504, 'PGRST003', null],
  ])('is %o', (refusal, status, code, retryAfter) => {
    const answer = rendered(refusal)
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBe(code)
    expect(answer.headers.get('retry-after')).toBe(retryAfter)
  })
})

describe('credentials', () => {
  const origin = { issuer: null, keyId: null }

  test.each<[AnyRefusal, number, string, string, string | null]>([
    [new Refusal('token.empty', {}), 401, 'PGRST301', 'Empty JWT is sent in Authorization header', null],
    [new Refusal('token.malformed', { parts: 2 }), 401, 'PGRST301', 'Expected 3 parts in JWT; got 2', null],
    [new Refusal('token.undecodable', { part: 'header' }), 401, 'PGRST301', 'JWT cryptographic operation failed', null],
    [
      new Refusal('token.algorithm-none', {}),
      401,
      'PGRST301',
      'Wrong or unsupported encoding algorithm',
      "JWT is unsecured but expected 'alg' was not 'none'",
    ],
    [
      new Refusal('token.signature-invalid', origin),
      401,
      'PGRST301',
      'No suitable key or wrong key type',
      'None of the keys was able to decode the JWT',
    ],
    [
      new Refusal('token.issuer-unknown', { issuer: 'https://x', keyId: null, known: [] }),
      401,
      'PGRST301',
      'No suitable key or wrong key type',
      "The issuer 'https://x' is not trusted",
    ],
    [new Refusal('token.no-keys-configured', {}), 500, 'PGRST300', 'Server lacks JWT secret', null],
    [new Refusal('token.anonymous-disabled', {}), 401, 'PGRST302', 'Anonymous access is disabled', null],
    [
      new Refusal('token.role-not-allowed', { role: 'boss', roleIsDefault: false, issuer: 'https://x', allowed: [] }),
      401,
      'PGRST303',
      "The role 'boss' is not allowed for the issuer 'https://x'",
      null,
    ],
    [
      new Refusal('token.role-not-allowed', { role: 'anon', roleIsDefault: true, issuer: 'https://x', allowed: [] }),
      401,
      'PGRST303',
      "The JWT has no 'role' claim",
      "The role 'anon', which stands in for a missing one, is not allowed for the issuer 'https://x'",
    ],
    [new Refusal('token.expired', { expiredAt: 1, now: 2 }), 401, 'PGRST303', 'JWT expired', null],
    [new Refusal('token.not-yet-valid', { notBefore: 2, now: 1 }), 401, 'PGRST303', 'JWT not yet valid', null],
    [new Refusal('token.issued-in-future', { issuedAt: 2, now: 1 }), 401, 'PGRST303', 'JWT issued at future', null],
    [new Refusal('token.audience', { audience: 'a', expected: [] }), 401, 'PGRST303', 'JWT not in audience', null],
    [
      new Refusal('token.claim-type', { claim: 'exp', expected: 'a number' }),
      401,
      'PGRST303',
      "The JWT 'exp' claim must be a number",
      null,
    ],
  ])('%o', (refusal, status, code, message, details) => {
    const answer = rendered(refusal)
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({ code, message, details, hint: null })
    const challenge = { PGRST300: null, PGRST302: 'Bearer' }[code]
    expect(answer.headers.get('www-authenticate')).toBe(
      challenge === undefined ? `Bearer error="invalid_token", error_description="${message}"` : challenge,
    )
  })
})

describe('names the schema does not have', () => {
  test('a relationship, with the hint that was used', () => {
    const unknown = { schema: 's', origin: 'a', target: 'b', hint: 'h', suggestion: { written: 'b', meant: 'bs' } }
    expect(rendered(new Refusal('catalog.relationship-unknown', unknown)).body).toEqual({
      code: 'PGRST200',
      message: "Could not find a relationship between 'a' and 'b' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'a' and 'b' using the hint 'h' in the schema 's', but no matches were found.",
      hint: "Perhaps you meant 'bs' instead of 'b'.",
    })
  })

  test('an embed with several ways lists them', () => {
    const [origin, target] = [{ name: 'a' }, { name: 'b' }]
    const { status, body } = rendered(
      new Refusal('catalog.relationship-ambiguous', {
        origin: 'a',
        target: 'b',
        candidates: [
          {
            kind: 'key',
            cardinality: 'many-to-one',
            origin,
            target,
            constraint: 'k',
            columns: [
              ['x', 'y'],
              ['v', 'w'],
            ],
          },
          {
            kind: 'junction',
            origin,
            target,
            junction: { name: 'j' },
            originConstraint: 'k1',
            targetConstraint: 'k2',
            originColumns: [['id', 'a_id']],
            targetColumns: [['id', 'b_id']],
          },
        ],
      }),
    )
    expect(status).toBe(300)
    expect(body).toEqual({
      code: 'PGRST201',
      message: "Could not embed because more than one relationship was found for 'a' and 'b'",
      details: [
        { cardinality: 'many-to-one', embedding: 'a with b', relationship: 'k using a(x, v) and b(y, w)' },
        { cardinality: 'many-to-many', embedding: 'a with b', relationship: 'j using k1(a_id) and k2(b_id)' },
      ],
      hint: "Try changing 'b' to one of the following: 'b!k', 'b!j'. Find the desired relationship in the 'details' key.",
    })
  })

  test.each<[readonly string[], 'json' | 'text' | 'xml' | 'bytea' | null, string, string]>([
    [[], null, 's.f without parameters', 's.f without parameters'],
    [['b', 'a', 'b'], null, 's.f(a, b)', 's.f with parameters a, b'],
    [['a'], 'json', 's.f(a)', 's.f with parameter a or with a single unnamed json/jsonb parameter'],
    [[], 'bytea', 's.f', 's.f with a single unnamed bytea parameter'],
  ])('a function called with %o and a body for %s', (names, unnamedParameter, called, searched) => {
    const unknown = { schema: 's', routine: 'f', arguments: names, unnamedParameter, suggestion: 'g' }
    expect(rendered(new Refusal('catalog.routine-unknown', unknown)).body).toEqual({
      code: 'PGRST202',
      message: `Could not find the function ${called} in the schema cache`,
      details: `Searched for the function ${searched}, but no matches were found in the schema cache.`,
      hint: 'Perhaps you meant to call the function s.g',
    })
  })

  test('overloads that cannot be told apart', () => {
    const refusal = new Refusal('catalog.routine-ambiguous', { candidates: [overload('integer'), overload('text')] })
    expect(rendered(refusal).body.message).toBe(
      'Could not choose the best candidate function between: s.f(a => integer), s.f(a => text)',
    )
  })
})

describe('the request itself', () => {
  test('a query that does not parse says where', () => {
    const malformed = { what: 'order', text: 'a.b', line: 1, column: 3, expectation: 'unexpected "b"' }
    expect(rendered(new Refusal('request.query-malformed', malformed)).body).toEqual({
      code: 'PGRST100',
      message: '"failed to parse order (a.b)" (line 1, column 3)',
      details: 'unexpected "b"',
      hint: null,
    })
  })

  test('an offset beyond the end tells the total in Content-Range too', () => {
    const { status, headers, text } = rendered(
      new Refusal('request.range-invalid', { problem: 'out-of-bounds', lower: 1, total: 0 }),
    )
    expect(status).toBe(416)
    expect(headers.get('content-range')).toBe('*/0')
    expect(text).toHaveLength(144)
  })

  test.each<[AnyRefusal, number, string]>([
    [new Refusal('request.body-too-large', { limit: 10 }), 413, 'PGRST102'],
    [new Refusal('request.limit-exceeded', { limit: 'url-length', maximum: 10 }), 414, 'PGRST100'],
    [new Refusal('request.path-invalid', {}), 404, 'PGRST125'],
    [new Refusal('request.method-unsupported', { method: 'FOO' }), 405, 'PGRST117'],
    [new Refusal('request.rpc-method-unsupported', { method: 'PUT' }), 405, 'PGRST101'],
    [new Refusal('request.put-filters', {}), 405, 'PGRST105'],
    [new Refusal('request.schema-unknown', { schema: 'x', exposed: ['a', 'b'] }), 406, 'PGRST106'],
    [new Refusal('request.media-type-unavailable', { mediaTypes: ['a/b'] }), 406, 'PGRST107'],
    [new Refusal('request.not-singular', { rows: 2 }), 406, 'PGRST116'],
    [new Refusal('request.max-affected', { rows: 2 }), 400, 'PGRST124'],
  ])('%o', (refusal, status, code) => {
    const answer = rendered(refusal)
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBe(code)
  })
})
