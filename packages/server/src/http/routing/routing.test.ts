import { expect, test } from 'vitest'
import { matchRoute } from './routing-table.ts'
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
