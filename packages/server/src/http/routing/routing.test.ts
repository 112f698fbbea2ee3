import { expect, test } from 'vitest'
import { matchRoute } from './routing-table.ts'
import { takeQueryKey } from './query-key.ts'
import { queryParameter, splitTarget } from './split-target.ts'

test.each([
  ['/rest/v1', 'rest'],
  ['/rest/v1/', 'rest'],
  ['/rest/v1/tasks', 'rest'],
  ['/realtime/v1/websocket', 'realtime'],
  ['/platform/v1/tokens/explain', 'platform'],
])('%s leads to the door %s', (path, door) => {
  expect(matchRoute(path)?.door).toBe(door)
})

test.each(['/', '/rest', '/rest/v10', '/rest/v1x/tasks', '/x/rest/v1', ''])('%j leads to no door', (path) => {
  expect(matchRoute(path)).toBeNull()
})

test.each([
  ['/a', '/a', ''],
  ['/a?', '/a', ''],
  ['/a?b=%2F?c', '/a', 'b=%2F?c'],
  ['http://host:1/a?b', '/a', 'b'],
  ['https://host', '/', ''],
  ['http://host?b', '/', 'b'],
  ['*', '*', ''],
])('the target %s is path %s and query %s', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query })
})

test.each([
  ['apikey=a%2Bb', 'a+b'],
  ['vsn=1&apikey=x&apikey=y', 'x'],
  ['select=apikey', undefined],
  ['', undefined],
])('the query %j shows the key %j', (query, key) => {
  expect(queryParameter(query, 'apikey')).toBe(key)
})

test.each([
  ['', null],
  ['select=apikey', null],
  ['apikey=', null],
  ['apikey=eq.sb_secret_x', null],
  ['x_apikey=sb_secret_x', null],
  ['apikey=sb_secret_x', { apikey: 'sb_secret_x', query: '' }],
  ['a=1&apikey=sb_x&b=2&apikey=sb_y&', { apikey: 'sb_x', query: 'a=1&b=2&' }],
  ['apikey=eyJa.eyJb.c-_', { apikey: 'eyJa.eyJb.c-_', query: '' }],
])('of the query %j the key is taken: %j', (query, taken) => {
  expect(takeQueryKey(query)).toEqual(taken)
})
