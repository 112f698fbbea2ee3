import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Answer, openTestDoor, type Sent, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const handlers = `
  create domain "text/html" as text;
  create function api.page() returns "text/html" language sql immutable as $$ select '<p>' $$;
  create domain "application/vnd.films.titles" as bytea;
  create function api.titles_next(state "application/vnd.films.titles", film api.films)
    returns "application/vnd.films.titles" language sql immutable
    as $$ select (state || convert_to(film.title || ';', 'utf8'))::"application/vnd.films.titles" $$;
  create aggregate api.titles(api.films)
    (initcond = '', stype = "application/vnd.films.titles", sfunc = api.titles_next);
  create domain public.colour as int;
  create function public.colour_out(public.colour) returns json language sql immutable
    as $$ select to_json('#' || lpad(upper(to_hex($1)), 6, '0')) $$;
  create function public.colour_text(text) returns public.colour language sql immutable
    as $$ select ('x' || lpad(ltrim($1, '#'), 8, '0'))::bit(32)::int::public.colour $$;
  create function public.colour_in(json) returns public.colour language sql immutable
    as $$ select public.colour_text($1 #>> '{}') $$;
  create cast (public.colour as json) with function public.colour_out(public.colour) as implicit;
  create cast (json as public.colour) with function public.colour_in(json) as implicit;
  create cast (text as public.colour) with function public.colour_text(text) as implicit;
  create table api.paints (id int primary key, shade public.colour);
  insert into api.paints values (1, 255);
  grant select, insert, update on api.paints to authenticated;
`

beforeAll(async () => {
  door = await openTestDoor(cinema + handlers, { schemas: exposed, extraSearchPath: ['public'], planEnabled: true })
})
afterAll(() => door.close())

function accepting(accept: string, line: string, sent: Sent = {}): Promise<Answer> {
  return door.send(line, { ...sent, headers: { accept, ...sent.headers } })
}

describe('rows', () => {
  test.each<[string, string, string, string]>([
    ['*/*', '/films?select=id&limit=1', '[{"id":1}]', 'application/json; charset=utf-8'],
    [
      'application/json',
      '/films?select=id&order=id&limit=2',
      '[{"id":1}, \n {"id":2}]',
      'application/json; charset=utf-8',
    ],
    ['text/csv', '/films?select=id,title&order=id&limit=2', 'id,title\n1,Cléo\n2,Ran', 'text/csv; charset=utf-8'],
    [
      'application/vnd.pgrst.object',
      '/films?id=eq.1&select=id',
      '{"id":1}',
      'application/vnd.pgrst.object+json; charset=utf-8',
    ],
    [
      'application/vnd.pgrst.object+json;nulls=stripped',
      '/films?id=eq.2&select=id,mood',
      '{"id":2}',
      'application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8',
    ],
    [
      'application/vnd.pgrst.array+json;nulls=stripped',
      '/films?id=eq.2&select=id,mood',
      '[{"id":2}]',
      'application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8',
    ],
    [
      'application/vnd.pgrst.array+json',
      '/films?id=eq.2&select=id,mood',
      '[{"id":2,"mood":null}]',
      'application/json; charset=utf-8',
    ],
    ['text/csv;q=0.5, application/json', '/films?select=id&limit=1', '[{"id":1}]', 'application/json; charset=utf-8'],
    ['application/vnd.films.titles', '/films?order=id', 'Cléo;Ran;Vagabond;', 'application/vnd.films.titles'],
    ['text/html', '/rpc/page', '<p>', 'text/html'],
  ])('%s of %s', async (accept, address, text, type) => {
    const answer = await accepting(accept, `GET ${address}`)
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, text, type])
  })

  test('of no type that can be made are refused, by the names asked for', async () => {
    expect(await accepting('image/png, text/xml', 'GET /films')).toMatchObject({
      status: 406,
      body: { code: 'PGRST107', message: 'None of these media types are available: image/png, text/xml' },
    })
    expect((await accepting('application/geo+json', 'GET /films')).status).toBe(406)
  })

  test('one object, or a refusal that says how many there were', async () => {
    expect(await accepting('application/vnd.pgrst.object+json', 'GET /films')).toMatchObject({
      status: 406,
      body: {
        code: 'PGRST116',
        message: 'Cannot coerce the result to a single JSON object',
        details: 'The result contains 3 rows',
      },
    })
  })
})

describe('an execution plan', () => {
  test('is shown as text or JSON', async () => {
    const text = await accepting('application/vnd.pgrst.plan', 'GET /films?id=eq.1')
    expect(text).toMatchObject({ status: 200, text: expect.stringContaining('cost=') as string })
    expect(text.headers.get('content-type')).toBe(
      'application/vnd.pgrst.plan+text; for="application/json"; charset=utf-8',
    )
    const json = await accepting('application/vnd.pgrst.plan+json; options=verbose|analyze', 'DELETE /films?id=eq.9')
    expect(json.body).toMatchObject([{ Plan: {}, 'Execution Time': expect.any(Number) as number }])
    expect(json.headers.get('content-type')).toContain('options=analyze|verbose')
  })

  test('is shown to nobody where that is not configured', async () => {
    const hidden = { config: { planEnabled: false } }
    expect((await accepting('application/vnd.pgrst.plan', 'GET /films', hidden)).status).toBe(406)
  })
})

describe('a domain with a representation of its own', () => {
  test('is shown by it, read by it and compared by it', async () => {
    expect((await door.send('GET /paints')).body).toEqual([{ id: 1, shade: '#0000FF' }])
    expect((await door.send('GET /paints?shade=eq.0000FF&select=id')).body).toEqual([{ id: 1 }])
    const made = await door.send('POST /paints', { prefer: 'return=representation', body: { id: 2, shade: '#00FF00' } })
    expect(made).toMatchObject({ status: 201, body: [{ id: 2, shade: '#00FF00' }] })
  })
})
