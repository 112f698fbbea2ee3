// HTML as a tagged template: every value is escaped unless it is HTML made here.

/** Text that is safe to send as HTML; only `html` makes it. */
export interface Html {
  readonly kind: 'html'
  readonly text: string
}

type Value = string | number | Html | readonly Html[] | null

/** Puts values into HTML. Null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = parts
    .map((part, index) => `${part}${index < values.length ? textOf(values[index] ?? null) : ''}`)
    .join('')
  return { kind: 'html', text }
}

function textOf(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value))
  return 'text' in value ? value.text : value.map(({ text }) => text).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
