// A value that a column or argument of a type takes, so that a snippet runs as it stands.

interface Typed {
  readonly type: string
  readonly enumValues?: readonly string[] | null
}

const samples: readonly (readonly [type: RegExp, value: unknown])[] = [
  [/^(smallint|integer|bigint|int[248]|oid)$/, 1],
  [/^(numeric|decimal|real|double precision|float[48])\b/, 1.5],
  [/^bool(ean)?$/, true],
  [/^uuid$/, '00000000-0000-4000-8000-000000000001'],
  [/^jsonb?$/, { key: 'value' }],
  [/^date$/, '2026-01-01'],
  [/^timestamp/, '2026-01-31T12:00:00Z'],
  [/^time/, '12:00:00'],
  [/^interval/, '1 day'],
  [/^(inet|cidr)$/, '127.0.0.1'],
  [/^macaddr/, '08:00:2b:01:02:03'],
  [/^money$/, '1.50'],
  [/^bytea$/, String.raw`\x00`],
  [/^bit( varying)?\b/, '1'],
  [/^xml$/, '<a/>'],
  [/^point$/, '(1,2)'],
  [/^(int4|int8|num)range$/, '[1,10)'],
  [/^daterange$/, '[2026-01-01,2026-02-01)'],
  [/^ts(tz)?range$/, '[2026-01-01,2026-02-01)'],
  [/^vector\b/, '[1,2,3]'],
]

const TEXT = 'some text'

/** The same of the second, third … row, where the values of one column must not be the same. */
export function otherSample(column: Typed, place: number): unknown {
  const value = sampleValue(column)
  if (typeof value === 'number') return value + place - 1
  if (typeof value !== 'string' || value === '') return value
  if (/^(uuid|date)$/.test(column.type)) return value.replace(/1$/, String(place))
  return /^(text|character|varchar|char|bpchar)/.test(column.type) ? String(place) + value.slice(1) : value
}

/** JSON. Lists are of one element; text is cut to what the type holds. */
export function sampleValue({ type, enumValues }: Typed): unknown {
  if (type.endsWith('[]')) return [sampleValue({ type: type.slice(0, -2), enumValues: enumValues ?? null })]
  const [label] = enumValues ?? []
  if (label !== undefined) return label
  const found = samples.find(([pattern]) => pattern.test(type))
  if (found !== undefined) return found[1]
  const longest = /^(?:character|varchar|char|bpchar).*\((\d+)\)$/.exec(type)?.[1]
  return longest === undefined ? TEXT : TEXT.slice(0, Number(longest))
}

/** As a filter writes it: behind `eq.`, without quotes. */
export function filterText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(filterText).join(',')}}`
  return typeof value === 'string' ? value : JSON.stringify(value)
}
