// An enumerated type as the server tells it, and as the sheet sends it.

export interface EnumType {
  readonly schema: string
  readonly name: string
  readonly comment: string | null
  readonly values: readonly string[]
  readonly usedBy: readonly { readonly schema: string; readonly table: string; readonly column: string }[]
}

export function pathOfEnum({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `/enums/${encodeURIComponent(schema)}/${encodeURIComponent(name)}`
}

export interface EnumForm {
  readonly name: string
  readonly comment: string
  readonly values: readonly EnumValue[]
}

export interface EnumValue {
  readonly key: string
  /** What it is in the database; null for a new one. */
  readonly original: string | null
  readonly text: string
}

export function emptyValue(): EnumValue {
  return { key: crypto.randomUUID(), original: null, text: '' }
}

export function enumForm(present: EnumType | null): EnumForm {
  if (present === null) return { name: '', comment: '', values: [emptyValue()] }
  return {
    name: present.name,
    comment: present.comment ?? '',
    values: present.values.map((text) => ({ key: text, original: text, text })),
  }
}

/** Null where nothing speaks against saving. */
export function problemOfEnum({ name, values }: EnumForm): string | null {
  if (name === '') return 'The type needs a name.'
  const texts = values.map(({ text }) => text)
  if (texts.length === 0) return 'The type needs a value.'
  if (texts.includes('')) return 'A value is empty.'
  const twice = texts.find((text, index) => texts.indexOf(text) !== index)
  return twice === undefined ? null : `The value “${twice}” is there twice.`
}

/** For `POST /enums`, or `PATCH` of the one that is there: a new value comes after the one that stands before it. */
export function enumBody(schema: string, present: EnumType | null, { name, comment, values }: EnumForm): object {
  const told = comment === '' ? null : comment
  if (present === null) return { schema, name, comment: told, values: values.map(({ text }) => text) }
  return {
    name,
    comment: told,
    rename: values.flatMap(({ original, text }) =>
      original === null || original === text ? [] : [{ from: original, to: text }],
    ),
    add: values.flatMap(({ original, text }, index) =>
      original === null ? [{ value: text, ...beside(values, index) }] : [],
    ),
  }
}

function beside(values: readonly EnumValue[], index: number): { before?: string; after?: string } {
  const previous = values[index - 1]
  if (previous !== undefined) return { after: previous.text }
  const next = values.slice(index + 1).find(({ original }) => original !== null)
  return next === undefined ? {} : { before: next.text }
}
