import { expect, test } from 'vitest'
import { connectionTarget } from './connection-target.ts'
import { parseConnectionString } from './parse-connection-string.ts'

test.each([
  ['postgresql://', {}],
  ['postgresql://?', {}],
  ['postgres://h', { host: 'h' }],
  ['postgresql://u:p@h:5/d', { user: 'u', password: 'p', host: 'h', port: '5', dbname: 'd' }],
  ['postgresql://u@/d?host=/run/pg', { user: 'u', host: '/run/pg', dbname: 'd' }],
  ['postgresql:///d?host=h&port=6', { dbname: 'd', host: 'h', port: '6' }],
  ['postgresql://%2Frun%2Fpg/d', { host: '/run/pg', dbname: 'd' }],
  ['postgresql://[::1]:7/d', { host: '::1', port: '7', dbname: 'd' }],
  ['postgres://a:?pass?special?@h:5/d', { user: 'a', password: '?pass?special?', host: 'h', port: '5', dbname: 'd' }],
  ['postgres://u:p%40ss@h', { user: 'u', password: 'p@ss', host: 'h' }],
  ['postgres://h:1,i:2/d', { host: 'h,i', port: '1,2', dbname: 'd' }],
  ['postgresql://h?application_name=a%20b&sslmode=disable', { host: 'h', application_name: 'a b', sslmode: 'disable' }],
  ["host=h port = 5 dbname='a b' password='it\\'s'", { host: 'h', port: '5', dbname: 'a b', password: "it's" }],
])('%s is taken apart', (text, keywords) => {
  expect(Object.fromEntries(parseConnectionString(text))).toEqual(keywords)
})

test.each([
  ['tmp_db', 'neither a URI nor'],
  ['postgresql://h?nonsense=1', 'invalid connection option "nonsense"'],
  ['postgresql://h?a', 'missing key/value separator'],
  ['postgresql://%zz', 'percent-encoded'],
  ["host='h", 'quote is not closed'],
])('%s is refused', (text, reason) => {
  expect(() => parseConnectionString(text)).toThrow(reason)
})

const target = (uri: string, env = {}): object => connectionTarget(uri, env, 'PostgREST 17')

test('what the string leaves out comes from libpq’s variables', () => {
  const env = {
    PGHOST: 'h',
    PGPORT: '7',
    PGUSER: 'u',
    PGPASSWORD: 'p',
    PGDATABASE: 'd',
    PGAPPNAME: 'a',
    PGOPTIONS: '-c x=y',
  }
  expect(target('postgresql://', env)).toEqual({
    host: 'h',
    port: 7,
    user: 'u',
    password: 'p',
    database: 'd',
    applicationName: 'a',
    options: '-c x=y',
    tls: false,
    prefersTls: true,
  })
  expect(target('postgresql://v@i/e', env)).toMatchObject({ host: 'i', user: 'v', database: 'e' })
})

test('the database is called as the user, and the application as PostgREST, where nothing says otherwise', () => {
  expect(target('postgresql://u@h')).toMatchObject({ port: 5432, database: 'u', applicationName: 'PostgREST 17' })
})

test('sslmode asks for as much as libpq checks', () => {
  expect(target('postgresql://u@h?sslmode=require')).toMatchObject({ tls: { rejectUnauthorized: false } })
  expect(target('postgresql://u@h?sslmode=verify-full')).toMatchObject({ tls: {} })
  expect(() => target('postgresql://u@h?sslmode=some')).toThrow('invalid sslmode value')
})

test.each([
  ['postgresql://h,i', 'only one host'],
  ['postgresql://h:0', 'invalid port number'],
  ['service=x', 'service files'],
])('%s is refused', (uri, reason) => {
  expect(() => target(uri)).toThrow(reason)
})
