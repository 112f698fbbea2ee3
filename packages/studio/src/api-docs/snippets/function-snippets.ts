// How a function is called.

import { curlOf, parameter } from './curl.ts'
import type { DescribedArgument, DescribedFunction, Project, Snippet } from './described.ts'
import { javascriptOf } from './quote.ts'
import { filterText, sampleValue } from './sample-value.ts'

const WHOLE_BODIES = new Set(['json', 'jsonb'])

/** Nothing where a request cannot call it: triggers, and arguments without a name. */
export function functionSnippets(described: DescribedFunction, project: Project): readonly Snippet[] {
  const { schema, name, behaviour } = described
  const body = bodyOf(described)
  if (body === null) return []
  const within = schema === 'public' ? '' : `.schema(${javascriptOf(schema)})`
  const given = Object.keys(body).length === 0 ? '' : `, ${javascriptOf(body)}`
  const path = `rpc/${encodeURIComponent(name)}`
  const call = (title: string, calls: string, query = ''): Snippet => ({
    title,
    javascript: `const { data, error } = await supabase${within}.rpc(${javascriptOf(name)}${given})${calls}`,
    curl: curlOf(project, { method: 'POST', path: path + query, schema, body }),
  })
  return [
    call('Call it', ''),
    ...(returnsRows(described) ? [call('Call it, and read the first of its rows', '.limit(10)', '?limit=10')] : []),
    ...(behaviour === 'volatile' || isWhole(described) ? [] : [getSnippet(described, body, project)]),
  ]
}

/** What changes nothing can be read by GET, which may be kept. */
function getSnippet(
  { schema, name }: DescribedFunction,
  body: Readonly<Record<string, unknown>>,
  project: Project,
): Snippet {
  const within = schema === 'public' ? '' : `.schema(${javascriptOf(schema)})`
  const query = Object.entries(body).map(([key, value]) => parameter(key, filterText(value)))
  const path = `rpc/${encodeURIComponent(name)}${query.length === 0 ? '' : `?${query.join('&')}`}`
  return {
    title: 'Call it with GET',
    javascript: `const { data, error } = await supabase${within}.rpc(${javascriptOf(name)}, ${javascriptOf(body)}, { get: true })`,
    curl: curlOf(project, { path, schema }),
  }
}

/** The arguments that have to be given; null where there is no way to give them. */
function bodyOf(described: DescribedFunction): Readonly<Record<string, unknown>> | null {
  if (described.kind !== 'function' || /^(event_)?trigger$/.test(described.returns ?? '')) return null
  if (isWhole(described)) return { key: 'value' }
  const inputs = inputsOf(described)
  if (inputs.some(({ name }) => name === '')) return null
  const needed = inputs.filter((argument) => argument.default === null)
  return Object.fromEntries(needed.map((argument) => [argument.name, sampleValue(argument)]))
}

function inputsOf(described: DescribedFunction): readonly DescribedArgument[] {
  return described.arguments.filter(({ mode }) => mode === 'in' || mode === 'inout' || mode === 'variadic')
}

/** Its only argument, without a name, is the body as it is. */
function isWhole(described: DescribedFunction): boolean {
  const [only, ...more] = inputsOf(described)
  return only !== undefined && more.length === 0 && only.name === '' && WHOLE_BODIES.has(only.type)
}

function returnsRows({ returns }: DescribedFunction): boolean {
  return /^(SETOF|TABLE)\b/i.test(returns ?? '')
}
