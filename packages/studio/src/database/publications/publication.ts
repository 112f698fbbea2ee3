// A publication as the server tells it.

export const operations = ['insert', 'update', 'delete', 'truncate'] as const

export type Operation = (typeof operations)[number]

export interface Publication {
  readonly name: string
  readonly owner: string
  readonly allTables: boolean
  readonly operations: readonly Operation[]
  readonly tables: readonly { readonly schema: string; readonly name: string }[]
}

export function pathOfPublication(name: string): string {
  return `/publications/${encodeURIComponent(name)}`
}
