import { describe, expect, it } from 'vitest'

import { missingPrivileges, type Standing } from './missing-privileges.ts'

const able: Standing = { user: 'app', version: 160_004, superuser: true, replication: true, walLevel: 'logical' }

describe('what a given Postgres does not let us do', () => {
  it.each([
    ['nothing is missed by a superuser', able, []],
    ['a superuser without the attribute replicates all the same', { ...able, replication: false }, []],
    ['logical decoding is the server’s to allow', { ...able, walLevel: 'replica' }, ['wal_level = logical']],
    ['an ordinary owner does not replicate', { ...able, superuser: false, replication: false }, ['REPLICATION']],
    ['an owner who may replicate misses nothing here', { ...able, superuser: false }, []],
  ])('%s', (_, standing, missing) => {
    expect(missingPrivileges(standing).map((degradation) => degradation.missing)).toEqual(missing)
  })

  it('says how to grant it, with the user quoted', () => {
    const [first] = missingPrivileges({ ...able, user: 'my app', superuser: false, replication: false })
    expect(first?.grant).toBe('alter role "my app" replication;')
  })
})
