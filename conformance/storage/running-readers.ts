// A stack with a private and a public bucket, and people who read: the ground of the tests of downloads, signed URLs and
// information.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

export interface Readers {
  readonly stack: RunningStack
  readonly sql: Client
  readonly service: SupabaseClient['storage']
  readonly anon: SupabaseClient['storage']
  /** Each sees what she owns in `kept`. */
  readonly alice: SupabaseClient['storage']
  readonly bob: SupabaseClient['storage']
  readonly aliceToken: string
  /** Below `/storage/v1`, without the SDK. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly stop: () => Promise<void>
}

/** `kept` is private, `shown` public; `kept` has `alice/notes.txt`, `shown` has `hello.txt`. */
export async function startReaders(): Promise<Readers> {
  const stack = await startStack({ empty: true })
  const sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  await sql.query(`
    insert into storage.buckets (id, name, public) values ('kept', 'kept', false), ('shown', 'shown', true);
    create policy "people read what they own" on storage.objects for select to authenticated
      using (bucket_id = 'kept' and owner_id = (select auth.jwt() ->> 'sub'));
    create policy "people put what they like" on storage.objects for insert to authenticated
      with check (bucket_id = 'kept')`)
  const as = (key: string, token?: string): SupabaseClient['storage'] =>
    createClient(stack.line('API_URL'), key, token === undefined ? {} : { accessToken: async () => token }).storage
  const publishable = stack.line('PUBLISHABLE_KEY')
  const aliceToken = await tokenOf(stack, { sub: 'user_alice' })
  const readers: Readers = {
    stack,
    sql,
    aliceToken,
    service: as(stack.line('SECRET_KEY')),
    anon: as(publishable),
    alice: as(publishable, aliceToken),
    bob: as(publishable, await tokenOf(stack, { sub: 'user_bob' })),
    ask: async (path, init) => await fetch(`${stack.line('API_URL')}/storage/v1${path}`, init),
    async stop() {
      await sql.end()
      await stack[Symbol.asyncDispose]()
    },
  }
  const text = { contentType: 'text/plain', cacheControl: '60' }
  const kept = await readers.alice.from('kept').upload('alice/notes.txt', 'hello world', text)
  const shown = await readers.service.from('shown').upload('hello.txt', 'hello world', text)
  const error = kept.error ?? shown.error
  if (error !== null) throw error
  return readers
}

/** The headers of whoever shows this token. */
export function bearer(token: string): { readonly headers: { readonly authorization: string } } {
  return { headers: { authorization: `Bearer ${token}` } }
}

/** What a refusal says, with the status it comes with. */
export async function refusal(response: Response): Promise<unknown> {
  const said = (await response.json()) as object
  return { status: response.status, ...said }
}

export const objectNotFound = {
  status: 400,
  statusCode: '404',
  error: 'not_found',
  message: 'Object not found',
  code: 'NoSuchKey',
}

export const bucketNotFound = {
  status: 400,
  statusCode: '404',
  error: 'Bucket not found',
  message: 'Bucket not found',
  code: 'NoSuchBucket',
}
