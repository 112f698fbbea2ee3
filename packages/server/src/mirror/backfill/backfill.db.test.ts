import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { applyEvent } from '../apply-change.ts'
import { openTestMirror, type TestMirror } from '../open-tables.test-support.ts'
import { backfill } from './backfill.ts'
import type { ClerkSource } from './read-clerk.ts'

type Item = Readonly<Record<string, unknown>> & { readonly id: string }

/** What Clerk has, by the path of its list. */
let clerk: Record<string, Item[]>
let asked: string[]
let server: Server
let mirror: TestMirror
let source: ClerkSource
const { signal } = new AbortController()

beforeAll(async () => {
  mirror = await openTestMirror()
})
beforeEach(async () => {
  await mirror.empty()
  clerk = { '/users': [], '/organizations': [], '/organization_memberships': [] }
  asked = []
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://clerk')
    asked.push(`${request.headers.authorization} ${request.url}`)
    const answer = answerTo(pathname.replace('/v1', ''), searchParams)
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? { errors: [] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  source = { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secretKey: 'sk_test_x', signal }
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})
afterAll(async () => await mirror.close())

function answerTo(path: string, query: URLSearchParams): unknown {
  const members = /^\/organizations\/([^/]+)\/memberships$/.exec(path)
  if (members !== null) return { data: clerk['/organization_memberships'], total_count: 0 }
  const list = clerk[path]
  if (list === undefined) {
    const [, kind = '', id = ''] = path.split('/')
    return clerk[`/${kind}`]?.find((item) => item.id === id) ?? null
  }
  const offset = Number(query.get('offset'))
  const page = list.slice(offset, offset + Number(query.get('limit')))
  return path === '/users' ? page : { data: page, total_count: list.length }
}

const user = (id: string, first_name: string, updated_at: number): Item => ({ id, first_name, updated_at })

test('everything is read, page by page, and a second time nothing is new', async () => {
  clerk = {
    '/users': Array.from({ length: 501 }, (_, index) => user(`user_${index}`, 'A', index)),
    '/organizations': [{ id: 'org_1', name: 'Acme', updated_at: 1 }],
    '/organization_memberships': [
      {
        id: 'orgmem_1',
        role: 'r',
        updated_at: 1,
        organization: { id: 'org_1' },
        public_user_data: { user_id: 'user_0' },
      },
    ],
  }
  expect(await backfill(source, mirror.tables)).toEqual({
    users: { read: 501, written: 501, removed: 0 },
    organizations: { read: 1, written: 1, removed: 0 },
    memberships: { read: 1, written: 1, removed: 0 },
  })
  expect((await mirror.contents())['memberships']).toEqual(['orgmem_1 r'])
  expect(asked[0]).toBe('Bearer sk_test_x /v1/users?limit=500&offset=0&order_by=%2Bcreated_at')
  expect((await backfill(source, mirror.tables)).users).toEqual({ read: 501, written: 0, removed: 0 })
})

test('who is gone without an event is removed, and whom the list left out is asked for first', async () => {
  clerk['/users'] = [user('user_1', 'Ada', 1), user('user_2', 'Grace', 1)]
  await backfill(source, mirror.tables)
  clerk['/users'] = [user('user_2', 'Grace', 1)]
  expect((await backfill(source, mirror.tables)).users).toEqual({ read: 1, written: 0, removed: 1 })
  expect((await mirror.contents())['users']).toEqual(['user_2 Grace'])
  const told = { of: 'user', id: 'user_9', source: { time: 5, rank: 0, event: 'msg_9' } } as const
  const row = { id: 'user_9', first_name: 'Late', public_metadata: {}, unsafe_metadata: {}, banned: false }
  await applyEvent(mirror.tables, { kind: 'written', ...told, row })
  const listed = clerk['/users']
  clerk['/users'] = new Proxy([...listed, user('user_9', 'Late', 5)], {
    get: (list, member) => (member === 'slice' ? () => listed : Reflect.get(list, member)),
  })
  expect((await backfill(source, mirror.tables)).users.removed).toBe(0)
  expect((await mirror.contents())['users']).toEqual(['user_2 Grace', 'user_9 Late'])
})

test('a Clerk that does not answer as it should is named, with what it said', async () => {
  const nowhere = { apiUrl: 'http://127.0.0.1:1', secretKey: 'sk_test_x', signal }
  await expect(backfill(nowhere, mirror.tables)).rejects.toMatchObject({
    code: 'mirror.clerk-unavailable',
    detail: { url: 'http://127.0.0.1:1' },
  })
  delete clerk['/users']
  await expect(backfill(source, mirror.tables)).rejects.toMatchObject({ code: 'mirror.clerk-unavailable' })
})

test('a backfill that is ended early asks no more', async () => {
  clerk['/users'] = [user('user_1', 'Ada', 1)]
  const ended = { ...source, signal: AbortSignal.abort() }
  await expect(backfill(ended, mirror.tables)).rejects.toMatchObject({ code: 'mirror.clerk-unavailable' })
  expect(asked).toEqual([])
})
