import { expect, test } from 'vitest'
import { parseJsonPath } from './json-path.ts'

const claims = {
  role: 'reader',
  n: 2,
  roles: ['one', 'two', 'three'],
  'a b': { 'it\'s "x"': 'quoted' },
  grants: [
    { name: 'old', primary: false, level: 1 },
    { name: 'main', primary: true, level: 3, tags: ['a'] },
  ],
}

test.each([
  ['$', [claims]],
  ['$.role', ['reader']],
  ["$['role']", ['reader']],
  ['$["a b"].*', ['quoted']],
  [String.raw`$["a b"]["it's \"x\""]`, ['quoted']],
  [String.raw`$['a b']['it\'s "x"']`, ['quoted']],
  ['$.roles[0]', ['one']],
  ['$.roles[-1]', ['three']],
  ['$.roles[9]', []],
  ['$.roles[*]', ['one', 'two', 'three']],
  ['$.roles[1:]', ['two', 'three']],
  ['$.roles[:-1]', ['one', 'two']],
  ['$.roles[::-1]', ['three', 'two', 'one']],
  ['$.roles[2, 0]', ['three', 'one']],
  ['$..name', ['old', 'main']],
  ['$..[?@.level > 2].name', ['main']],
  ['$.grants[?@.primary == true].name', ['main']],
  ['$.grants[?(@.tags)].name', ['main']],
  ['$.grants[?!@.tags].name', ['old']],
  ['$.grants[?@.level >= 1 && @.level < $.n].name', ['old']],
  ['$.grants[?@.name == "main" || @.level == 1].level', [1, 3]],
  ['$.grants[?@.none == @.nothing].name', ['old', 'main']],
  ['$.grants[?@.tags == $.grants[1].tags].name', ['main']],
  ['$.roles[?@ != "one"]', ['two', 'three']],
  ['$.roles[?search(@, "^t.o$")]', ['two']],
  ['$.grants[?search(@.name, "ai")].level', [3]],
  ['$ .role', ['reader']],
  ['$.constructor', []],
])('%s selects %j', (path, nodes) => {
  expect(parseJsonPath(path)(claims)).toEqual(nodes)
})

test.each([
  '',
  'role',
  '$role',
  '$.',
  '$..',
  '$[',
  '$[]',
  '$.a[?]',
  '$.a[?"x"]',
  '$.a[01]',
  '$.a;b',
  '$.a[?@ ~ 1]',
  '$.r[?search(@, "(")]',
])('%s is refused', (path) => {
  expect(() => parseJsonPath(path)).toThrow(SyntaxError)
})
