// The clients the tests of this folder ask with, and what they say about rows.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { expect, inject } from 'vitest'

import type { Cinema } from './database.ts'

/** The value of one line of the stack; fails where it does not have it. */
export function line(name: string): string {
  const value = inject('stackLines')[name]
  if (value === undefined) throw new Error(`the stack has no ${name}`)
  return value
}

/** A client without types, as in the tutorials; callers are `anon`. */
export const supabase = createClient(line('API_URL'), line('PUBLISHABLE_KEY'))

/** The same with the types that a project generates. */
export const typed: SupabaseClient<Cinema> = createClient<Cinema>(line('API_URL'), line('PUBLISHABLE_KEY'))

/** All films by id, to be filtered. */
export const films = () => supabase.from('films').select('id')

/** All screenings by id, to be filtered by their range of seats. */
export const screenings = () => supabase.from('screenings').select('id')

/** The ids of the rows a query finds, smallest first; fails where it is refused. */
export async function idsOf(query: PromiseLike<{ data: unknown; error: unknown }>): Promise<readonly number[]> {
  const { data, error } = await query
  expect(error).toBeNull()
  return (data as { id: number }[]).map(({ id }) => id).toSorted((one, other) => one - other)
}

/** Asks below `/rest/v1` without the SDK, for what it cannot say or hides. */
export async function rest(
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: object } = {},
): Promise<Response> {
  const headers = { apikey: line('PUBLISHABLE_KEY'), ...init.headers }
  return await fetch(`${line('API_URL')}/rest/v1${path}`, { ...init, headers })
}
