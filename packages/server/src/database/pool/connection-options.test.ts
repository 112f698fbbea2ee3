import { Client } from 'pg'
import { expect, test } from 'vitest'
import { driverConfig } from './connection-options.ts'
import type { ConnectionOptions } from './connection-options.ts'

const URL = 'postgresql://ada:secret@db.example:6543/things?application_name=mine'

test.each<[string, ConnectionOptions, object]>([
  ['nothing', {}, { user: 'ada', password: 'secret', host: 'db.example', port: 6543, database: 'things' }],
  ['a user', { user: 'b@b', password: '?&=' }, { user: 'b@b', password: '?&=', database: 'things' }],
  ['a host and a port', { host: '10.0.0.1', port: 1 }, { user: 'ada', host: '10.0.0.1', port: 1, database: 'things' }],
  ['a folder of a socket', { host: '/run/postgres' }, { host: '/run/postgres', port: 6543, database: 'things' }],
  ['a database', { database: 'other things' }, { user: 'ada', host: 'db.example', database: 'other things' }],
])('%s beside the URL replaces that part of it', (_what, parts, expected) => {
  expect(new Client(driverConfig({ url: URL, ...parts }))).toMatchObject(expected)
})

test('a URL without a database takes the one beside it', () => {
  expect(new Client(driverConfig({ url: 'postgres://ada@h', database: 'd' }))).toMatchObject({
    database: 'd',
    host: 'h',
  })
})
