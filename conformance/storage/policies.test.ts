// Who may do what: everybody who can show something, against everything that can be done, by the kinds of policies that
// projects write.

import { createClerkClient } from '@clerk/backend'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { SignJWT } from 'jose'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { assembleCast, type Cast, type Person } from '../../examples/tasks-nextjs/main-job/people.ts'
import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'
import { attempts } from './policies/attempts.ts'

const project = {
  'supabase/migrations/20260601000000_storage.sql': `
    insert into storage.buckets (id, name, public)
    values ('own', 'own', false), ('folders', 'folders', false), ('shared', 'shared', false), ('listed', 'listed', false),
      ('open', 'open', true);

    create policy "what one owns" on storage.objects for all to authenticated
      using (bucket_id = 'own' and owner_id = (select auth.jwt() ->> 'sub'));

    create policy "one's own folder" on storage.objects for all to authenticated
      using (bucket_id = 'folders' and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'));

    create policy "the organisation's folder" on storage.objects for select to authenticated
      using (bucket_id = 'shared'
        and (storage.foldername(name))[1] = (select coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id')));
    create policy "its admins write" on storage.objects for all to authenticated
      using (bucket_id = 'shared'
        and (storage.foldername(name))[1] = (select coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id'))
        and (select coalesce(auth.jwt() ->> 'org_role', auth.jwt() -> 'o' ->> 'rol')) in ('org:admin', 'admin'));

    create policy "lists without reading" on storage.objects for select to authenticated, anon
      using (bucket_id = 'listed' and storage.allow_only_operation('object.list'));

    create role visitor nologin;
    grant visitor to authenticator;
    grant usage on schema storage, auth to visitor;
    grant select, insert on storage.objects to visitor;
    create policy "visitors drop" on storage.objects for insert to visitor with check (bucket_id = 'listed');`,
}

let stack: RunningStack
let sql: Client
let cast: Cast
let carol: Person
let organization: string

beforeAll(async () => {
  stack = await startStack({ files: project })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  cast = await assembleCast(clerk)
  const { data } = await clerk.organizations.getOrganizationList({ query: 'Acme' })
  organization = data[0]?.id ?? ''
  const { id: userId } = await clerk.users.createUser({
    emailAddress: ['carol@example.com'],
    skipPasswordRequirement: true,
  })
  const session = await clerk.sessions.createSession({ userId })
  carol = { name: 'Carol', userId, token: async () => (await clerk.sessions.getToken(session.id)).jwt }
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

function storageWith(key: string, token?: string): SupabaseClient['storage'] {
  const options = token === undefined ? {} : { accessToken: async () => token }
  return createClient(stack.line('API_URL'), stack.line(key), options).storage
}

/** As an older JWT template of Clerk's makes it, with the project's secret. */
const templateToken = async (sub: string): Promise<string> =>
  await tokenOf(stack, { sub, iss: stack.line('CLERK_FRONTEND_API_URL'), aud: 'authenticated' })

const callers: Readonly<Record<string, () => Promise<SupabaseClient['storage']>>> = {
  'the anon key': async () => storageWith('ANON_KEY'),
  'the publishable key': async () => storageWith('PUBLISHABLE_KEY'),
  'the service role key': async () => storageWith('SERVICE_ROLE_KEY'),
  'the secret key': async () => storageWith('SECRET_KEY'),
  'Alice, admin': async () => storageWith('PUBLISHABLE_KEY', await cast.alice.token()),
  'Bob, member': async () => storageWith('PUBLISHABLE_KEY', await cast.bob.token()),
  Carol: async () => storageWith('PUBLISHABLE_KEY', await carol.token()),
  'a template token of Alice': async () => storageWith('PUBLISHABLE_KEY', await templateToken(cast.alice.userId)),
  'a visitor': async () => storageWith('PUBLISHABLE_KEY', await tokenOf(stack, { sub: 'v', role: 'visitor' })),
}

/** An object of Alice's in the folder that the bucket's policies are about. */
async function seed(bucket: string): Promise<{ bucket: string; folder: string; name: string }> {
  const folder = bucket === 'folders' ? cast.alice.userId : bucket === 'shared' ? organization : 'files'
  const name = `${crypto.randomUUID()}.txt`
  const { error } = await storageWith('SECRET_KEY').from(bucket).upload(`${folder}/${name}`, 'seed')
  expect(error).toBeNull()
  const values = [cast.alice.userId, bucket, `${folder}/${name}`]
  await sql.query('update storage.objects set owner_id = $1 where bucket_id = $2 and name = $3', values)
  return { bucket, folder, name }
}

/** Read without a token. */
async function statusOf(route: string): Promise<number> {
  return (await fetch(`${stack.line('API_URL')}/storage/v1/object/${route}`)).status
}

const all = 'upload, upsert, read, info, list, sign, sign upload, copy, move, delete'

describe('who may do what with an object of Alice’s', () => {
  test.each([
    ['own', 'the anon key', ''],
    ['own', 'the publishable key', ''],
    ['own', 'the service role key', all],
    ['own', 'the secret key', all],
    ['own', 'Alice, admin', all],
    ['own', 'Bob, member', 'upload, sign upload'],
    ['own', 'Carol', 'upload, sign upload'],
    ['own', 'a template token of Alice', all],
    ['own', 'a visitor', ''],
    ['folders', 'the anon key', ''],
    ['folders', 'the service role key', all],
    ['folders', 'Alice, admin', all],
    ['folders', 'Bob, member', ''],
    ['folders', 'Carol', ''],
    ['folders', 'a template token of Alice', all],
    ['folders', 'a visitor', ''],
    ['shared', 'the anon key', ''],
    ['shared', 'the secret key', all],
    ['shared', 'Alice, admin', all],
    ['shared', 'Bob, member', 'read, info, list, sign'],
    ['shared', 'Carol', ''],
    ['shared', 'a template token of Alice', ''],
    ['shared', 'a visitor', ''],
    ['listed', 'the anon key', 'list'],
    ['listed', 'the publishable key', 'list'],
    ['listed', 'the service role key', all],
    ['listed', 'Alice, admin', 'list'],
    ['listed', 'Carol', 'list'],
    ['listed', 'a visitor', 'upload, sign upload'],
    ['open', 'the anon key', 'read, info'],
    ['open', 'Alice, admin', 'read, info'],
    ['open', 'the secret key', all],
  ])('%s: %s may %s', async (bucket, who, allowed) => {
    const storage = await callers[who]?.()
    if (storage === undefined) throw new Error(`nobody is called ${who}`)
    const place = await seed(bucket)
    expect((await attempts(storage, place)).join(', ')).toBe(allowed)
  })

  test('a public bucket is read by everybody, without a token', async () => {
    const { folder, name } = await seed('open')
    expect(await statusOf(`public/open/${folder}/${name}`)).toBe(200)
    const closed = await seed('own')
    expect(await statusOf(`public/own/${closed.folder}/${closed.name}`)).toBe(400)
    expect(await statusOf(`authenticated/own/${closed.folder}/${closed.name}`)).toBe(400)
  })

  test('what one uploads is one’s own, by the `sub` of the token, whatever it looks like', async () => {
    const mine = storageWith('PUBLISHABLE_KEY', await cast.bob.token()).from('own')
    expect((await mine.upload('bobs.txt', 'hello')).error).toBeNull()
    const { rows } = await sql.query<object>(`select owner, owner_id from storage.objects where name = 'bobs.txt'`)
    expect(rows).toEqual([{ owner: null, owner_id: cast.bob.userId }])
    expect(
      (
        await storageWith('PUBLISHABLE_KEY', await cast.alice.token())
          .from('own')
          .download('bobs.txt')
      ).error,
    ).not.toBeNull()
    expect((await mine.download('bobs.txt')).error).toBeNull()
  })
})

const secret = (): Uint8Array => new TextEncoder().encode(stack.line('JWT_SECRET'))
const signed = async (expires: string, key: Uint8Array, claims = { role: 'authenticated' }): Promise<string> =>
  await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('user_x')
    .setExpirationTime(expires)
    .sign(key)
const ask = async (token: string | null): Promise<{ status: number; body: unknown }> =>
  await askAs(token === null ? {} : { authorization: `Bearer ${token}` })
const askAs = async (headers: Record<string, string>): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${stack.line('API_URL')}/storage/v1/bucket`, { headers })
  return { status: response.status, body: await response.json() }
}
const denied = (message: string): unknown => ({
  status: 400,
  body: expect.objectContaining({ statusCode: '403', error: 'Unauthorized', code: 'AccessDenied', message }),
})

describe('a token that is not true', () => {
  test('that is over, signed by somebody else, or no token at all is refused as upstream refuses it', async () => {
    expect(await ask(await signed('-1h', secret()))).toEqual(denied('"exp" claim timestamp check failed'))
    const forged = await signed('1h', new TextEncoder().encode('x'.repeat(40)))
    expect(await ask(forged)).toEqual(denied('signature verification failed'))
    expect(await ask('not-a-jwt')).toEqual(denied('Invalid Compact JWS'))
  })

  test('needs no scheme before it: whatever the header says is a token', async () => {
    const token = await signed('1h', secret(), { role: 'service_role' })
    expect(await askAs({ authorization: token })).toEqual(await ask(token))
    for (const authorization of ['not-a-jwt', 'Basic YTpi', ''])
      expect(await askAs({ authorization })).toEqual(denied('Invalid Compact JWS'))
    expect(await askAs({ authorization: '', apikey: token })).toEqual(await ask(token))
  })

  test('and nothing at all is asked to show something', async () => {
    expect(await ask(null)).toEqual({
      status: 400,
      body: expect.objectContaining({
        statusCode: '400',
        error: 'Error',
        code: 'InvalidRequest',
        message: "headers must have required property 'authorization'",
      }),
    })
  })

  test('that names no role is anonymous, and one that names a role of the platform is refused', async () => {
    const roleless = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(secret())
    expect(await ask(roleless)).toEqual({ status: 200, body: [] })
    expect((await ask(await signed('1h', secret(), { role: 'supabase_storage_admin' }))).status).toBe(400)
  })
})
