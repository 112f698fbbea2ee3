import * as fc from 'fast-check'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'

import { editToml, type TomlEdit, TomlEditImpossible } from './edit-toml.ts'
import { printTomlKey, printTomlValue, type TomlValue } from './print-toml-value.ts'

// Documents of headers, dotted and quoted keys, comments and values that look like syntax. Every statement has a line.
const part = fc.constantFrom('a', 'b', 'c d', 'e.f', '"', 'é')
const text = fc.string({
  unit: fc.constantFrom('x', '"', "'", '#', '\\', '\n', '[', ']', '=', ',', '{', '}', '\u007f', 'é'),
})
const value: fc.Arbitrary<TomlValue> = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }))
interface Layout {
  readonly path: readonly string[]
  readonly dots: number
  readonly value: TomlValue
  readonly comment: string
  readonly above: string
}

const layout: fc.Arbitrary<Layout> = fc.record({
  path: fc.array(part, { minLength: 2, maxLength: 4 }),
  dots: fc.nat({ max: 2 }),
  value,
  comment: fc.constantFrom('', ' # it = [', ' #"'),
  above: fc.constantFrom('', '# [a.b]\n', '\n', '  \n#\n'),
})

interface Document {
  readonly text: string
  readonly lines: readonly { readonly path: readonly string[]; readonly line: string }[]
}

/** Leaves out what TOML would refuse beside what stands already. */
function write(layouts: readonly Layout[]): Document {
  let document: Document = { text: '', lines: [] }
  const opened = new Map<string, string>()
  for (const { path, dots, value: said, comment, above } of layouts) {
    const depth = Math.max(1, path.length - 1 - dots)
    const header = `[${printTomlKey(path.slice(0, depth))}]`
    const line = `${printTomlKey(path.slice(depth))} = ${printTomlValue(said)}${comment}`
    const last = [...opened.keys()].at(-1)
    const addition = last === header ? `${above}${line}\n` : `${above}${header}\n${line}\n`
    const next = { text: document.text + addition, lines: [...document.lines, { path, line }] }
    if (last !== header && opened.has(header)) continue
    if (!parses(next.text)) continue
    opened.set(header, header)
    document = next
  }
  return document
}

function parses(toml: string): boolean {
  try {
    parse(toml)
    return true
  } catch {
    return false
  }
}

const document = fc.array(layout, { maxLength: 8 }).map(write)
const anyEdit = (known: readonly (readonly string[])[]): fc.Arbitrary<TomlEdit> => {
  const anyPath = fc.array(part, { minLength: 2, maxLength: 4 })
  const path = known.length === 0 ? anyPath : fc.oneof(fc.constantFrom(...known), anyPath)
  return fc.oneof(
    fc.record({ kind: fc.constant('set' as const), path, value }),
    fc.record({ kind: fc.constant('remove' as const), path }),
  )
}
const changed = document.chain((made) =>
  fc.record({ made: fc.constant(made), edit: anyEdit(made.lines.map(({ path }) => path)) }),
)

/** What is at the path, and the rest of the document without it. */
function look(toml: string, path: readonly string[]): { readonly found: unknown; readonly rest: unknown } {
  const root = parse(toml) as Record<string, unknown>
  const take = (table: Record<string, unknown>, [key = '', ...below]: readonly string[]): unknown => {
    const inner = table[key]
    if (below.length === 0) delete table[key]
    if (below.length === 0) return inner
    return typeof inner === 'object' && inner !== null ? take(inner as Record<string, unknown>, below) : undefined
  }
  const found = take(root, path)
  return { found, rest: withoutEmptyTables(root) }
}

function withoutEmptyTables(root: object): unknown {
  return JSON.parse(JSON.stringify(root, (key, item: unknown) => (key !== '' && isEmpty(item) ? undefined : item)))
}

function isEmpty(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  return Object.values(item).every((inner: unknown) => isEmpty(inner))
}

/** Null where the edit is refused as impossible. */
function editedOrNull(before: string, edit: TomlEdit): string | null {
  try {
    return editToml(before, [edit])
  } catch (thrown) {
    if (thrown instanceof TomlEditImpossible) return null
    throw thrown
  }
}

test('an edit changes what it names and leaves every other line as it was, or is refused', () => {
  let made = 0
  fc.assert(
    fc.property(changed, ({ made: { text: before, lines }, edit }) => {
      const after = editedOrNull(before, edit)
      if (after === null) return
      made += 1
      expect(look(after, edit.path).rest).toEqual(look(before, edit.path).rest)
      expect(look(after, edit.path).found).toEqual(edit.kind === 'set' ? edit.value : undefined)
      const touches = (path: readonly string[]): boolean => edit.path.every((name, index) => path[index] === name)
      const kept = lines.filter(({ path }) => !touches(path)).map(({ line }) => line)
      const comments = before.split('\n').filter((line) => line.startsWith('#'))
      for (const expected of [kept, comments]) {
        let from = 0
        for (const line of expected) {
          const at = after.indexOf(`${line}\n`, from)
          expect(at, `${line} is lost`).toBeGreaterThanOrEqual(from)
          from = at + line.length
        }
      }
    }),
    { numRuns: 2000 },
  )
  expect(made).toBeGreaterThan(1000)
})
