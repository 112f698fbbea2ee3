import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import { probeObject, stepsOfProbe } from '../../objects/sql/place-object.ts'
import type { Caller } from '../caller.ts'
import type { StorageOperation } from '../operations.ts'
import { storageDatabase } from '../storage-database.ts'
import { explainedDatabase } from './explained-database.ts'
import { createWhyDenied, type WhyDenied } from './why-denied.ts'

let made: TestDatabase
let database: OpenDatabase
let whyDenied: WhyDenied

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('supabase_storage_admin'), size: 2 })
  await made.query(`insert into storage.buckets (id, name) values ('b', 'b')`)
})
beforeEach(async () => {
  // Remembers nothing: each question comes later than what was answered before is good for.
  let clock = 0
  whyDenied = createWhyDenied({ database, now: () => (clock += 10_000) })
  await made.query(`do $$ declare p record; begin
    for p in select policyname, tablename from pg_policies where schemaname = 'storage' loop
      execute format('drop policy %I on storage.%I', p.policyname, p.tablename);
    end loop; end $$`)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

function somebody(role: string, subject: string | null): Caller {
  const claimsJson = JSON.stringify({ role, sub: subject })
  const identity = { role, subject, claimsJson } as Caller['identity']
  return { identity, token: '', method: 'POST', path: '/', headersJson: '{}' }
}

const eve = somebody('authenticated', 'user_eve')

async function fixFor(caller: Caller, upsert = false): Promise<unknown> {
  const operation: StorageOperation = 'storage.object.upload'
  const object = { bucket: 'b', name: 'n', contentType: null, cacheControl: '', userMetadata: null, size: 0 }
  const wanted = { ...object, operation, upsert }
  const statements = [probeObject(wanted, caller.identity.subject)]
  try {
    await explainedDatabase(storageDatabase(database), whyDenied).asCaller(caller, {
      operation,
      statements,
      end: 'rollback',
      steps: stepsOfProbe(wanted, caller.identity.subject),
    })
    return 'allowed'
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.fix : thrown
  }
}

it('asks for a policy where there is none, and says what replacing takes besides', async () => {
  expect(await fixFor(eve)).toBe(
    'Make a policy on storage.objects for insert to authenticated. ' +
      'To replace an object takes policies for select and update, too',
  )
})

it('names the policies that do not hold', async () => {
  await made.query(`
    create policy "own folder" on storage.objects to authenticated using (false);
    create policy "never this" on storage.objects as restrictive for insert to public with check (false);
    create policy "others" on storage.objects for insert to anon with check (true)`)
  expect(await fixFor(eve)).toBe(
    'The policies on storage.objects for insert to authenticated do not hold: "never this", "own folder"',
  )
})

const REPLACING = 'To replace an object takes policies for'

it('names of replacing the command that fails, whether the object is there or not', async () => {
  await made.query(`create policy "adds" on storage.objects for insert to authenticated with check (true)`)
  expect(await fixFor(eve)).toBe('allowed')
  const unseen = 'Make a policy on storage.objects for select to authenticated'
  expect(await fixFor(eve, true)).toBe(`Only what may be seen is replaced. ${unseen}. ${REPLACING} update, too`)
  await made.query(`
    create policy "elsewhere" on storage.objects for select to authenticated using (bucket_id = 'other');
    create policy "changes" on storage.objects for update to authenticated using (bucket_id = 'other')`)
  const blind = 'The policies on storage.objects for select to authenticated do not hold: "elsewhere"'
  expect(await fixFor(eve, true)).toBe(`Only what may be seen is replaced. ${blind}`)
  await made.query(
    `create policy "sees new" on storage.objects for select to authenticated using (owner_id = 'user_eve')`,
  )
  expect(await fixFor(eve, true)).toBe('allowed')
  await made.query(`insert into storage.objects (bucket_id, name) values ('b', 'n')`)
  expect(await fixFor(eve, true)).toContain('for select to authenticated do not hold: "elsewhere", "sees new"')
  await made.query(`create policy "sees" on storage.objects for select to authenticated using (true)`)
  const rigid = 'The policies on storage.objects for update to authenticated do not hold: "changes"'
  expect(await fixFor(eve, true)).toBe(rigid)
  await made.query(`set storage.allow_delete_query = 'true'; delete from storage.objects`)
})

it('asks whoever shows no token to show one', async () => {
  expect(await fixFor(somebody('anon', null))).toContain('Show a session token, or make a policy on storage.objects')
})

it('says which grant is missing, and lets the server take a role', async () => {
  const role = `lonely_${made.name}`
  await made.query(`create role ${role} nologin`)
  expect(await fixFor(somebody(role, 'x'))).toBe(`Run: grant "${role}" to authenticator;`)
  await made.query(`grant ${role} to authenticator`)
  expect(await fixFor(somebody(role, 'x'))).toBe(`Run: grant usage on schema storage to "${role}";`)
  await made.query(`grant usage on schema storage to ${role}`)
  const grant = `grant select, insert, update, delete on "storage"."objects" to "${role}";`
  expect(await fixFor(somebody(role, 'x'))).toBe(`Run: ${grant}`)
  await made.query(`drop owned by ${role}; drop role ${role}`, 'supabase_admin')
})

it('says what may hide a row, to nobody who sees them all', async () => {
  await made.query(`create policy "mine" on storage.objects for select to authenticated using (false)`)
  expect(await whyDenied.hidden(eve.identity, 'objects')).toBe(
    'If it is there: The policies on storage.objects for select to authenticated do not hold: "mine"',
  )
  expect(await whyDenied.hidden(eve.identity, 'buckets')).toBe(
    'If it is there: Make a policy on storage.buckets for select to authenticated',
  )
  expect(await whyDenied.hidden(somebody('service_role', null).identity, 'objects')).toBeNull()
})

it('says of service_role what it lacks where a given Postgres binds it', async () => {
  const message = 'new row violates row-level security policy for table "objects"'
  const error = { sqlstate: '42501', message, detail: null, hint: null, role: 'service_role' }
  expect(await whyDenied.refused({ role: 'service_role', subject: null }, error, 'insert')).toBe(
    'Here service_role is bound by policies. Run: alter role "service_role" bypassrls;',
  )
})

it('says what to compare with where ids are no UUIDs', async () => {
  await made.query(`create policy "own" on storage.objects to authenticated using (owner_id = auth.uid()::text)`)
  expect(await fixFor(eve)).toContain("compare (select auth.jwt() ->> 'sub') with owner_id")
})

it('asks the database nothing where all is allowed', async () => {
  await made.query(`create policy "all" on storage.objects to authenticated using (true)`)
  whyDenied = {
    refused: async () => await Promise.reject(new Error('asked')),
    hidden: async () => await Promise.reject(new Error('asked')),
  }
  expect(await fixFor(eve)).toBe('allowed')
})
