// What the documentation is made of, and the file of types.

import { useMutation, useQuery } from '@tanstack/react-query'

import { request, send } from '../api/request.ts'
import { saveFile } from '../ui/save-file.ts'
import type { DescribedFunction, DescribedTable, Project } from './snippets/described.ts'

const KEY = 'api-docs'

/** Tables and functions of a schema, in brief. */
export function useContents(schema: string) {
  return useQuery({
    queryKey: [KEY, 'contents', schema],
    queryFn: async () => {
      const search = new URLSearchParams({ schema }).toString()
      const [{ tables }, { functions }, { enums }] = await Promise.all([
        request<{ tables: readonly TableEntry[] }>('GET', `/platform/v1/tables?${search}`),
        request<{ functions: readonly DescribedFunction[] }>('GET', `/platform/v1/functions?${search}`),
        request<{ enums: readonly EnumEntry[] }>('GET', '/platform/v1/enums'),
      ])
      return { tables, functions: functions.map((each) => withLabels(each, enums)) }
    },
  })
}

interface EnumEntry {
  readonly schema: string
  readonly name: string
  readonly values: readonly string[]
}

/** A function's arguments know their type by name alone; those of an enum learn its labels. */
function withLabels(described: DescribedFunction, enums: readonly EnumEntry[]): DescribedFunction {
  const labelsOf = (type: string): readonly string[] | null => {
    const element = type.replace(/\[\]$/, '')
    return enums.find(({ schema, name }) => element === name || element === `${schema}.${name}`)?.values ?? null
  }
  const labelled = described.arguments.map((each) => ({ ...each, enumValues: labelsOf(each.type) }))
  return { ...described, arguments: labelled }
}

interface TableEntry {
  readonly name: string
  readonly kind: DescribedTable['kind']
}

/** One table, with its columns. */
export function useTable(schema: string, name: string) {
  return useQuery({
    queryKey: [KEY, 'table', schema, name],
    queryFn: async () => {
      const path = [schema, name].map(encodeURIComponent).join('/')
      return await request<DescribedTable>('GET', `/platform/v1/tables/${path}`)
    },
  })
}

interface ApiSettings {
  readonly url: string
  readonly schemas: readonly string[]
  readonly keys: { readonly publishable: { readonly value: string } }
}

/** Where clients reach the API, and what it serves. */
export function useProject() {
  return useQuery({
    queryKey: [KEY, 'project'],
    queryFn: async (): Promise<Project & { readonly exposed: readonly string[] }> => {
      const { url, keys, schemas } = await request<ApiSettings>('GET', '/platform/v1/settings/api')
      return { url, publishableKey: keys.publishable.value, exposed: schemas }
    },
  })
}

/** The types of a schema, as a file that the browser keeps. */
export function useDownloadTypes() {
  return useMutation({
    mutationFn: async (schema: string) => {
      const search = new URLSearchParams({ schemas: schema }).toString()
      const answer = await send(`/platform/v1/types/typescript?${search}`)
      saveFile('database.types.ts', await answer.blob())
    },
  })
}
