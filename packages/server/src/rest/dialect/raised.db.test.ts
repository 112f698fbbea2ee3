// What SQL says of the response, and what the response says of its making.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Answer, openTestDoor, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const functions = `
  create function api.say(status text, headers text) returns text language plpgsql as $$
  begin
    if status is not null then perform set_config('response.status', status, true); end if;
    if headers is not null then perform set_config('response.headers', headers, true); end if;
    return 'said';
  end $$;
  create function api.raise(code text, message text, detail text, hint text) returns void language plpgsql as $$
  begin raise exception using errcode = code, message = message, detail = detail, hint = hint; end $$;
  create function api.seen() returns json language sql stable as $$
    select json_build_object('method', current_setting('request.method'), 'path', current_setting('request.path'),
      'custom', current_setting('request.headers')::json ->> 'x-custom',
      'cookie', current_setting('request.cookies')::json ->> 'flavour', 'role', current_user,
      'claim', current_setting('request.jwt.claims')::json ->> 'sub', 'zone', current_setting('timezone'),
      'setting', current_setting('app.settings.name', true), 'before', current_setting('app.before', true),
      'path_of_search', current_setting('search_path')) $$;
  create function api.check_first() returns void language plpgsql as $$
  begin
    if current_setting('request.headers')::json ->> 'x-blocked' is not null then
      raise sqlstate 'PT403' using message = 'Not today';
    end if;
    perform set_config('app.before', 'ran', true);
    perform set_config('response.headers', '[{"X-Before":"yes"}]', true);
  end $$;
`

beforeAll(async () => {
  door = await openTestDoor(cinema + functions, { schemas: exposed })
})
afterAll(() => door.close())

function say(status: string | null, headers: string | null): Promise<Answer> {
  return door.send('POST /rpc/say', { body: { status, headers } })
}

function raise(code: string, message: string, detail = '', hint = ''): Promise<Answer> {
  return door.send('POST /rpc/raise', { body: { code, message, detail, hint } })
}

describe('SQL may set', () => {
  test('the status and headers, its own in place of ours', async () => {
    const said = await say('418', '[{"X-Kind":"teapot"},{"Content-Type":"text/x-tea"},{"Set-Cookie":"a=1"}]')
    expect(said).toMatchObject({ status: 418, text: '"said"' })
    expect(said.headers.get('x-kind')).toBe('teapot')
    expect(said.headers.get('content-type')).toBe('text/x-tea')
    expect(said.headers.getSetCookie()).toEqual(['a=1'])
  })

  test.each([
    ['many', null, 'PGRST112', 'response.status guc must be a valid status code'],
    [
      null,
      '{}',
      'PGRST111',
      'response.headers guc must be a JSON array composed of objects with a single key and a string value',
    ],
    [null, '[{"a":1}]', 'PGRST111', expect.any(String) as string],
  ])('neither %s nor %s', async (status, headers, code, message) => {
    expect(await say(status, headers)).toMatchObject({ status: 500, body: { code, message } })
  })
})

describe('an error raised from SQL', () => {
  test('with its class decides the status', async () => {
    expect(await raise('P0001', 'no', 'why', 'how')).toMatchObject({
      status: 400,
      body: { code: 'P0001', message: 'no', details: 'why', hint: 'how' },
    })
    expect(await raise('PT402', 'Payment Required', 'quota')).toMatchObject({
      status: 402,
      body: { code: 'PT402', message: 'Payment Required', details: 'quota' },
    })
    expect((await raise('42501', 'no')).status).toBe(403)
    expect((await raise('23505', 'twice')).status).toBe(409)
    expect((await raise('53400', 'full')).status).toBe(500)
    const anonymous = await door.send('GET /directors', { as: ['anon', 'x'] })
    expect(anonymous).toMatchObject({ status: 401, body: { code: '42501' } })
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('as PGRST says the whole response', async () => {
    const message = JSON.stringify({ code: '123', message: 'ABC', details: 'DEF', hint: 'XYZ' })
    const answer = await raise('PGRST', message, '{"status":332,"headers":{"X-Header":"str"}}')
    expect(answer).toMatchObject({ status: 332, body: JSON.parse(message) as object })
    expect(answer.headers.get('x-header')).toBe('str')
    expect(await raise('PGRST', 'nonsense', '{}')).toMatchObject({
      status: 500,
      body: {
        code: 'PGRST121',
        message: 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error',
        details: "Invalid JSON value for MESSAGE: 'nonsense'",
      },
    })
  })

  test('is named in Proxy-Status, and told in brief where that is configured', async () => {
    const brief = await door.send('GET /films?id=eq.x', { config: { errorVerbosity: 'minimal' } })
    expect(brief.headers.get('proxy-status')).toBe('PostgREST; error=22P02')
    expect(Object.keys(brief.body as object).toSorted()).toEqual(['code', 'message'])
  })

  test('for a role that is not there is the caller’s fault', async () => {
    expect(await door.send('GET /films', { as: ['nobody_by_this_name', 'x'] })).toMatchObject({
      status: 401,
      body: { code: '22023' },
    })
  })
})

test('SQL reads the request it runs for', async () => {
  const sent = {
    headers: { 'x-custom': 'yes', cookie: 'flavour=plain' },
    prefer: 'timezone=Asia/Tokyo',
    config: { appSettings: [['app.settings.name', 'tenon']], extraSearchPath: ['public', 'other'] },
  } as const
  const answer = await door.send('GET /rpc/seen', sent)
  expect(answer.body).toMatchObject({
    method: 'GET',
    path: '/rpc/seen',
    custom: 'yes',
    cookie: 'plain',
    role: 'authenticated',
    claim: 'ada',
    zone: 'Asia/Tokyo',
    setting: 'tenon',
    path_of_search: expect.stringMatching(/^"?api"?, "?public"?, "?other"?$/) as string,
  })
  expect(answer.headers.get('preference-applied')).toBe('timezone=Asia/Tokyo')
})

describe('the function before every request', () => {
  const config = { preRequest: { schema: 'api', name: 'check_first' } }

  test('runs in the same transaction and may set headers', async () => {
    const answer = await door.send('GET /rpc/seen', { config })
    expect(answer.body).toMatchObject({ before: 'ran' })
    expect((await door.send('GET /films', { config })).headers.get('x-before')).toBe('yes')
  })

  test('may refuse', async () => {
    expect(await door.send('GET /films', { config, headers: { 'x-blocked': '1' } })).toMatchObject({
      status: 403,
      body: { code: 'PT403', message: 'Not today' },
    })
  })
})

describe('preferences', () => {
  test('are taken strictly where asked, all bad ones named', async () => {
    expect(await door.send('GET /films', { prefer: 'handling=strict, anything, return=all' })).toMatchObject({
      status: 400,
      body: {
        code: 'PGRST122',
        message: 'Invalid preferences given with handling=strict',
        details: 'Invalid preferences: anything, return=all',
      },
    })
    expect((await door.send('GET /films', { prefer: 'handling=lenient, anything' })).status).toBe(200)
  })

  test('that were heeded are said, in order', async () => {
    const { headers } = await door.send('PATCH /films?id=eq.1', {
      prefer: 'max-affected=5, handling=strict, tx=rollback, count=exact, return=minimal, missing=null',
      body: { title: 'x' },
    })
    expect(headers.get('preference-applied')).toBe(
      'missing=null, return=minimal, count=exact, tx=rollback, handling=strict, max-affected=5',
    )
  })

  test('for a zone that is not there are refused', async () => {
    expect(await door.send('GET /films', { prefer: 'timezone=Nowhere/Land' })).toMatchObject({
      status: 400,
      body: { code: '22023' },
    })
  })

  test('decide whether changes are kept, where the client may', async () => {
    const kept = { transactionEnd: 'commit' } as const
    await door.send('POST /films', { config: kept, prefer: 'tx=rollback', body: { id: 40 } })
    expect((await door.send('GET /films?id=eq.40')).body).toEqual([])
    expect(await door.send('POST /films', { config: kept, body: { id: 41 } })).toMatchObject({ status: 201, text: '' })
    const gone = await door.send('DELETE /films?id=eq.41&select=id', { config: kept, prefer: 'return=representation' })
    expect(gone).toMatchObject({ status: 200, body: [{ id: 41 }] })
  })
})

describe('headers of an answer', () => {
  test('name the address that would give the same, and what it varies by', async () => {
    const { headers } = await door.send('GET /films?select=id&id=in.(1,2)&order=id')
    expect(headers.get('content-location')).toBe('/films?id=in.%281%2C2%29&order=id&select=id')
    expect(headers.get('vary')).toBe('Accept, Prefer, Range')
  })

  test('name no address where the query came in the body', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' }
    const body = `select=id&order=id&id=in.(${Array.from({ length: 20_000 }, (_, index) => index + 2).join(',')})`
    for (const method of ['POST', 'QUERY']) {
      const answer = await door.send(`${method} /films`, { headers, body })
      expect(answer).toMatchObject({ status: 200, body: [{ id: 2 }, { id: 3 }] })
      expect(answer.headers.has('content-location')).toBe(false)
    }
    const call = await door.send('QUERY /rpc/seen', { headers, body: '' })
    expect(call.body).toMatchObject({ method: 'GET' })
  })

  test('tell how long each stage took, where configured', async () => {
    const stage = String.raw`dur=\d+\.\d`
    const timed = await door.send('GET /films', { config: { serverTiming: true } })
    expect(timed.headers.get('server-timing')).toMatch(
      new RegExp(`^jwt;${stage}, parse;${stage}, plan;${stage}, transaction;${stage}, response;${stage}$`),
    )
    const refused = await door.send('GET /nowhere', { config: { serverTiming: true } })
    expect(refused.headers.has('server-timing')).toBe(false)
    expect((await door.send('GET /films')).headers.has('server-timing')).toBe(false)
  })
})
