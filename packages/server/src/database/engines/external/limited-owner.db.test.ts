import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { startUntouchedCluster, type UntouchedCluster } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { withClient } from '../with-client.ts'
import { bootstrap, type BootstrapResult } from '../../bootstrap/bootstrap.ts'
import type { LoginRole } from '../engine.ts'
import { connectExternal, type ExternalEngine } from './connect-external.ts'

let cluster: UntouchedCluster

/** Owners who may do less and less. */
beforeAll(async () => {
  cluster = await startUntouchedCluster([
    `create role postgres superuser login password 'unguessed'`,
    `create role owner login password 'owner'`,
    `create role maker login createrole password 'maker'`,
    `create role guest login password 'guest'`,
    'create database owner owner owner',
    'create database maker owner maker',
    'create database later owner owner',
  ])
})
afterAll(async () => await cluster.stop())

async function meet(user: string, database: string): Promise<ExternalEngine> {
  return await connectExternal({ url: cluster.urlOf(user, database), secret: 'x' })
}

async function boot(engine: ExternalEngine): Promise<BootstrapResult> {
  const { passwords } = engine
  const jwtSecret = 'x'.repeat(40)
  const options = { owned: false, passwords, jwtSecret, jwtExpiry: 60, autoExposeNewTables: true }
  const result = await withClient(engine.adminConnection(), async (client) => await bootstrap(client, options))
  await engine.checkLogins(['postgres', 'authenticator', 'tenon_clerk'])
  return result
}

function usersOf(engine: ExternalEngine): readonly string[] {
  const roles: readonly LoginRole[] = ['postgres', 'authenticator', 'tenon_clerk']
  return roles.map((role) => engine.connection(role).user)
}

function missed({ degradations }: BootstrapResult): readonly string[] {
  return [...new Set(degradations.map(({ missing }) => missing))]
}

async function trustEverybody(): Promise<void> {
  const rules = join(cluster.folder, 'pg_hba.conf')
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('scram-sha-256', 'trust'))
  await withClient(cluster.admin, async (admin) => await admin.query('select pg_reload_conf()'))
}

describe('a cluster without our roles, given to an owner who may not make any', () => {
  it('gets schemas and functions all the same, says what is lost, and is complete once it is granted', async () => {
    const engine = await meet('owner', 'owner')
    expect(missed(await boot(engine))).toEqual(['CREATEROLE', 'superuser'])
    expect(usersOf(engine)).toEqual(['owner', 'owner', 'owner'])
    const rows = await withClient(engine.connection('tenon_clerk'), async (client) => {
      await client.query('create table clerk.kept (id int)')
      return (await client.query<object>(`select auth.jwt() as jwt, extensions.digest('a', 'md5') is null as digest`))
        .rows
    })
    expect(rows).toEqual([{ jwt: null, digest: false }])

    await withClient(cluster.admin, async (admin) => await admin.query('alter role owner createrole createdb'))
    expect(missed(await boot(engine))).toEqual(['BYPASSRLS', 'REPLICATION', 'superuser'])
    expect(usersOf(engine)).toEqual(['owner', 'authenticator', 'tenon_clerk'])
    await withClient(
      engine.connection('tenon_clerk'),
      async (client) => await client.query('insert into clerk.kept values (1)'),
    )
    await withClient(cluster.admin, async (admin) => {
      await admin.query('alter role owner nocreaterole nocreatedb')
    })
  })

  it('is refused, with the grant, where it may make nothing at all', async () => {
    await expect(boot(await meet('guest', 'later'))).rejects.toMatchObject({
      code: 'engine.privilege-missing',
      fix: expect.stringContaining('grant create on database "later" to "guest"'),
    })
  })
})

describe('a user beside roles that another user made', () => {
  it('is told to administer them, not to get what she has', async () => {
    const lost = await boot(await meet('maker', 'maker'))
    expect(missed(lost)).toContain("ADMIN OPTION on the server's roles, which another user made")
    expect(missed(lost)).not.toContain('CREATEROLE')
  })
})

describe('a cluster that lets everybody in', () => {
  it('is not used as a superuser who happens to be there', async () => {
    await trustEverybody()
    const engine = await meet('owner', 'later')
    await boot(engine)
    expect(usersOf(engine)).toEqual(['owner', 'authenticator', 'tenon_clerk'])
    const standing = await withClient(engine.connection('postgres'), async (client) => {
      return (await client.query<object>(`select current_setting('is_superuser') as super`)).rows
    })
    expect(standing).toEqual([{ super: 'off' }])
  })
})
