// What the home page counts. Each part stands by itself: where Clerk is off, the database's are shown all the same.

import { useQuery } from '@tanstack/react-query'

import { request, RequestRefused } from '../api/request.ts'

const KEY = 'home'

export interface Project {
  readonly name: string
  readonly folder: string
  readonly production: boolean
  readonly version: string
  readonly addresses: Readonly<Record<string, string>>
  readonly postgres: { readonly version: string; readonly kind: 'embedded' | 'external' }
  readonly notices: readonly string[]
}

export function useProject() {
  return useQuery({
    queryKey: [KEY, 'project'],
    queryFn: async () => await request<Project>('GET', '/platform/v1/project'),
  })
}

export interface DatabaseCounts {
  readonly tables: number
  /** Tables that let every role see all their rows. */
  readonly open: number
  readonly policies: number
  readonly functions: number
}

/** Of schema public. */
export function useDatabaseCounts() {
  return useQuery({ queryKey: [KEY, 'database'], queryFn: countDatabase })
}

async function countDatabase(): Promise<DatabaseCounts> {
  const [{ tables }, { functions }] = await Promise.all([
    request<{ tables: readonly TableEntry[] }>('GET', '/platform/v1/tables?schema=public'),
    request<{ functions: readonly unknown[] }>('GET', '/platform/v1/functions?schema=public'),
  ])
  const real = tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned-table')
  return {
    tables: real.length,
    open: real.filter(({ rowSecurity }) => !rowSecurity).length,
    policies: real.reduce((sum, { policies }) => sum + policies, 0),
    functions: functions.length,
  }
}

interface TableEntry {
  readonly kind: string
  readonly rowSecurity: boolean
  readonly policies: number
}

export interface ClerkCounts {
  readonly users: number
  readonly organizations: number
  /** The API takes its tokens. */
  readonly trusted: boolean
}

/** Of the default instance; null where there is none here. */
export function useClerkCounts() {
  return useQuery({ queryKey: [KEY, 'clerk'], queryFn: countClerk })
}

async function countClerk(): Promise<ClerkCounts | null> {
  try {
    const [{ instances }, users, organizations] = await Promise.all([
      request<{ instances: readonly { readonly trusted: boolean }[] }>('GET', '/platform/v1/clerk/instances'),
      request<Counted>('GET', '/platform/v1/clerk/default/users/count'),
      request<Counted>('GET', '/platform/v1/clerk/default/organizations?limit=1'),
    ])
    const trusted = instances[0]?.trusted ?? false
    return { users: users.total_count, organizations: organizations.total_count, trusted }
  } catch (error) {
    if (error instanceof RequestRefused && error.code === 'platform.clerk-disabled') return null
    throw error
  }
}

interface Counted {
  readonly total_count: number
}
