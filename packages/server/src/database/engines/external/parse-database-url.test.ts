import { describe, expect, it } from 'vitest'

import { connectionUrl } from '../engine.ts'
import { parseDatabaseUrl } from './parse-database-url.ts'

describe('reading a database address', () => {
  it.each([
    [
      'postgresql://a:b@db.example.com:6543/app',
      { host: 'db.example.com', port: 6543, user: 'a', password: 'b', database: 'app' },
    ],
    ['postgres://a:p%40ss%2F@[::1]/x', { host: '::1', port: 5432, user: 'a', password: 'p@ss/', database: 'x' }],
    ['postgresql://a@h', { host: 'h', port: 5432, user: 'a', password: '', database: 'a' }],
    [
      'postgresql:///app?host=/run/postgresql&user=me',
      { host: '/run/postgresql', port: 5432, user: 'me', password: '', database: 'app' },
    ],
    [
      'postgresql://a@h/d?sslmode=require',
      { host: 'h', port: 5432, user: 'a', password: '', database: 'd', ssl: { rejectUnauthorized: false } },
    ],
    [
      'postgresql://a@h/d?sslmode=verify-full',
      { host: 'h', port: 5432, user: 'a', password: '', database: 'd', ssl: { rejectUnauthorized: true } },
    ],
  ])('%s', (text, expected) => {
    expect(parseDatabaseUrl(text)).toEqual(expected)
  })

  it.each([
    '',
    'localhost:5432',
    'mysql://a@h/d',
    'https://example.com',
    'postgresql://a:100%@h/d',
    'postgresql://a:p/ss@h/d',
  ])('refuses %j', (text) => {
    expect(() => parseDatabaseUrl(text)).toThrow(expect.objectContaining({ code: 'engine.address-invalid' }))
  })

  it('is undone by writing the address again', () => {
    const settings = { host: 'h', port: 1, user: 'a b', password: 'p:@/?#', database: 'd' }
    expect(parseDatabaseUrl(connectionUrl(settings))).toEqual(settings)
  })
})
