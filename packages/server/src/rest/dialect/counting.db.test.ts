import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTestDoor, type Sent, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const functions = `
  create function api.all_films() returns setof api.films language sql stable as 'select * from api.films order by id';
  create function api.one() returns int language sql immutable as 'select 1';
`

beforeAll(async () => {
  door = await openTestDoor(`${cinema}${functions}`, { schemas: exposed })
})
afterAll(() => door.close())

const exact = { prefer: 'count=exact' }

describe('a page says which rows it holds, and of how many', () => {
  test.each<[string, Sent, number, string]>([
    ['GET /films', {}, 200, '0-2/*'],
    ['GET /films', exact, 200, '0-2/3'],
    ['GET /films?limit=2', {}, 200, '0-1/*'],
    ['GET /films?limit=2', exact, 206, '0-1/3'],
    ['GET /films?limit=2&offset=1', exact, 206, '1-2/3'],
    ['GET /films?offset=3', exact, 206, '*/3'],
    ['GET /films?id=eq.9', exact, 200, '*/0'],
    ['GET /films?limit=0', {}, 200, '*/*'],
    ['GET /films', { headers: { range: '1-1' } }, 200, '1-1/*'],
    ['GET /films', { ...exact, headers: { range: '1-' } }, 206, '1-2/3'],
    ['GET /films?limit=1', { ...exact, headers: { range: '0-1' } }, 206, '0-0/3'],
    ['GET /films', { headers: { range: 'nonsense' } }, 200, '0-2/*'],
    ['HEAD /films?limit=1', exact, 206, '0-0/3'],
    ['GET /rpc/all_films?limit=1', exact, 206, '0-0/3'],
    ['GET /rpc/one', exact, 200, '0-0/1'],
    ['GET /films', { ...exact, config: { maxRows: 2 } }, 206, '0-1/3'],
    ['GET /films', { config: { maxRows: 2 } }, 200, '0-1/*'],
    ['GET /films', { prefer: 'count=estimated', config: { maxRows: 100 } }, 200, '0-2/3'],
    ['DELETE /films?id=eq.9', exact, 204, '*/0'],
    ['PATCH /films?id=lt.3', { ...exact, body: { title: 'x' } }, 204, '0-1/2'],
    ['POST /films', { ...exact, body: [{ id: 8 }, { id: 9 }] }, 201, '*/2'],
  ])('%s %o: %i', async (line, sent, status, range) => {
    const answer = await door.send(line, sent)
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, range])
  })

  test('planned, it is the planner’s guess', async () => {
    const { headers, text } = await door.send('HEAD /films', { prefer: 'count=planned' })
    expect(headers.get('content-range')).toMatch(/^0-2\/\d+$/)
    expect(text).toBe('')
  })

  test('embedded lists are bounded as well', async () => {
    const { body } = await door.send('GET /films?select=people(person)&id=eq.1', { config: { maxRows: 1 } })
    expect(body).toEqual([{ people: [expect.anything()] }])
  })
})

describe('a range that cannot be', () => {
  test.each<[string, Sent, string]>([
    ['GET /films?offset=9', exact, 'An offset of 9 was requested, but there are only 3 rows.'],
    ['GET /films?limit=-1', {}, 'Limit should be greater than or equal to zero.'],
    [
      'GET /films',
      { headers: { range: '2-1' } },
      'The lower boundary must be lower than or equal to the upper boundary in the Range header.',
    ],
  ])('%s %o', async (line, sent, details) => {
    expect(await door.send(line, sent)).toMatchObject({
      status: 416,
      body: { code: 'PGRST103', message: 'Requested range not satisfiable', details, hint: null },
    })
  })
})
