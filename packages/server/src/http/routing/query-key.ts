// The API key in a query, where a caller cannot set headers. Only what has the form of a key is taken for one: a
// column may be called `apikey`, and its filter must not be lost on the way.

const NAME = 'apikey='
const KEY_FORM = /^(?:sb_[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]+)$/

export interface QueryWithKey {
  readonly apikey: string
  /** What is left of the query, raw and in its order. */
  readonly query: string
}

/** The first key of a raw query, and the query without any; null where there is none. */
export function takeQueryKey(query: string): QueryWithKey | null {
  if (!query.includes(NAME)) return null
  const keys: string[] = []
  const rest = query.split('&').filter((parameter) => {
    const value = parameter.startsWith(NAME) ? parameter.slice(NAME.length) : ''
    if (!KEY_FORM.test(value)) return true
    keys.push(value)
    return false
  })
  const [apikey] = keys
  return apikey === undefined ? null : { apikey, query: rest.join('&') }
}
