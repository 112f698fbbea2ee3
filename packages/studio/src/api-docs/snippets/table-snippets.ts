// What one does with a table: read, filter, page, insert, update, upsert, delete.

import { curlOf, parameter } from './curl.ts'
import type { DescribedColumn, DescribedTable, Project, Snippet } from './described.ts'
import { columnOf, javascriptOf } from './quote.ts'
import { filterText, otherSample, sampleValue } from './sample-value.ts'

const REPRESENTATION = 'prefer: return=representation'

/** In the order in which one needs them; a view is read only. */
export function tableSnippets(table: DescribedTable, project: Project): readonly Snippet[] {
  const isRead = table.kind === 'view' || table.kind === 'materialized-view'
  return [...reading(table, project), ...(isRead ? [] : writing(table, project))]
}

function reading(table: DescribedTable, project: Project): readonly Snippet[] {
  const { schema, name, columns } = table
  const path = encodeURIComponent(name)
  const read = (title: string, select: string, calls: string, query: readonly string[]): Snippet => ({
    title,
    javascript: `${from(table)}.select(${select === '*' ? '' : javascriptOf(select)})${calls}`,
    curl: curlOf(project, { path: `${path}?${[parameter('select', select), ...query].join('&')}`, schema }),
  })
  const some = columns.slice(0, 3).map((column) => columnOf(column.name))
  const key = firstKey(columns)
  return [
    read('Read rows', '*', '', []),
    ...(some.length > 1 ? [read('Read some columns', some.join(','), '', [])] : []),
    ...referring(table).map((embed) => read('Read with what it refers to', embed, '', [])),
    ...(key === null ? [] : [read('Filter rows', '*', `\n  ${matching(key)}`, [condition(key)])]),
    ...(key === null ? [] : [pageSnippet(table, key, project)]),
  ]
}

function pageSnippet(table: DescribedTable, key: DescribedColumn, project: Project): Snippet {
  const order = columnOf(key.name)
  const query = [parameter('select', '*'), parameter('order', `${order}.asc`), 'limit=10', 'offset=0'].join('&')
  return {
    title: 'Read a page, and count all',
    javascript: `${from(table, '{ data, count, error }')}
  .select('*', { count: 'exact' })
  .order(${javascriptOf(order)})
  .range(0, 9)`,
    curl: curlOf(project, {
      path: `${encodeURIComponent(table.name)}?${query}`,
      schema: table.schema,
      headers: ['prefer: count=exact'],
    }),
  }
}

function writing(table: DescribedTable, project: Project): readonly Snippet[] {
  const { schema, name, columns } = table
  const path = encodeURIComponent(name)
  const values = valuesOf(insertable(columns))
  const write = (title: string, method: 'POST' | 'PATCH' | 'DELETE', more: Written): Snippet => ({
    title,
    javascript: `${from(table)}\n  ${more.calls.join('\n  ')}`,
    curl: curlOf(project, {
      method,
      path: path + (more.query === undefined ? '' : `?${more.query}`),
      schema,
      headers: more.headers,
      ...(more.body !== undefined && { body: more.body }),
    }),
  })
  const insert = (title: string, body: unknown): Snippet =>
    write(title, 'POST', {
      calls: [`.insert(${javascriptOf(body)})`, '.select()'],
      headers: [REPRESENTATION],
      body,
    })
  const key = firstKey(columns)
  return [
    insert('Insert a row', values),
    insert('Insert several rows', [othersOf(insertable(columns), 2), othersOf(insertable(columns), 3)]),
    ...(key === null ? [] : changing(columns, key, write)),
  ]
}

interface Written {
  readonly calls: readonly string[]
  readonly query?: string
  readonly headers: readonly string[]
  readonly body?: unknown
}

function changing(
  columns: readonly DescribedColumn[],
  key: DescribedColumn,
  write: (title: string, method: 'POST' | 'PATCH' | 'DELETE', more: Written) => Snippet,
): readonly Snippet[] {
  const query = condition(key)
  const changed = columns.find((column) => isWritable(column) && !column.primaryKey && column.identity === null)
  const change = changed === undefined ? null : valuesOf([changed])
  const keys = columns.filter(({ primaryKey }) => primaryKey)
  const whole = valuesOf([...new Set([...keys, ...insertable(columns)])])
  return [
    ...(change === null
      ? []
      : [
          write('Update rows', 'PATCH', {
            calls: [`.update(${javascriptOf(change)})`, matching(key), '.select()'],
            query,
            headers: [REPRESENTATION],
            body: change,
          }),
        ]),
    ...(keys.length > 0 && keys.every(isWritable)
      ? [
          write('Insert or update a row', 'POST', {
            calls: [`.upsert(${javascriptOf(whole)})`, '.select()'],
            headers: ['prefer: resolution=merge-duplicates,return=representation'],
            body: whole,
          }),
        ]
      : []),
    write('Delete rows', 'DELETE', { calls: ['.delete()', matching(key)], query, headers: [] }),
  ]
}

/** `const … = await supabase.from(…)`. */
function from({ schema, name }: DescribedTable, results = '{ data, error }'): string {
  const within = schema === 'public' ? '' : `.schema(${javascriptOf(schema)})`
  return `const ${results} = await supabase${within}.from(${javascriptOf(name)})`
}

/** One embed for each table that this one refers to within its schema, named by its key lest there are two ways. */
function referring({ schema, foreignKeys }: DescribedTable): readonly string[] {
  const first = foreignKeys.find(({ referencedSchema }) => referencedSchema === schema)
  return first === undefined ? [] : [`*,${columnOf(first.referencedTable)}!${columnOf(first.name)}(*)`]
}

/** What a row is found by: the primary key's first column, else the first that can be compared with a text. */
function firstKey(columns: readonly DescribedColumn[]): DescribedColumn | null {
  const comparable = columns.filter(({ type }) => !/^(json|xml|point)/.test(type))
  return comparable.find(({ primaryKey }) => primaryKey) ?? comparable[0] ?? null
}

function matching(column: DescribedColumn): string {
  return `.eq(${javascriptOf(columnOf(column.name))}, ${javascriptOf(sampleValue(column))})`
}

function condition(column: DescribedColumn): string {
  return parameter(columnOf(column.name), `eq.${filterText(sampleValue(column))}`)
}

/** Columns that have to be given; where none has to, the first that may. */
function insertable(columns: readonly DescribedColumn[]): readonly DescribedColumn[] {
  const writable = columns.filter((column) => isWritable(column) && column.identity === null)
  const needed = writable.filter((column) => !column.nullable && column.default === null)
  const optional = writable.filter((column) => column.default === null)
  return needed.length > 0 ? needed : (optional.length > 0 ? optional : writable).slice(0, 1)
}

function isWritable({ generated, identity }: DescribedColumn): boolean {
  return generated === null && identity !== 'always'
}

function valuesOf(columns: readonly DescribedColumn[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(columns.map((column) => [column.name, sampleValue(column)]))
}

/** Values of another row, with another key. */
function othersOf(columns: readonly DescribedColumn[], place: number): Readonly<Record<string, unknown>> {
  const valueOf = (column: DescribedColumn): unknown =>
    column.primaryKey ? otherSample(column, place) : sampleValue(column)
  return Object.fromEntries(columns.map((column) => [column.name, valueOf(column)]))
}
