import { describe, expect, it } from 'vitest'

import { missingPrivileges, type Standing } from './missing-privileges.ts'

const able: Standing = {
  user: 'app',
  version: 160_004,
  superuser: true,
  createrole: true,
  bypassrls: true,
  replication: true,
  walLevel: 'logical',
}

describe('what a given Postgres does not let us do', () => {
  it.each([
    ['nothing is missed by a superuser', able, []],
    [
      'a superuser without the attributes has their powers all the same',
      { ...able, createrole: false, bypassrls: false },
      [],
    ],
    ['logical decoding is the server’s to allow', { ...able, walLevel: 'replica' }, ['wal_level = logical']],
    ['event triggers are for superusers', { ...able, superuser: false }, ['superuser']],
    [
      'an ordinary owner misses all',
      { ...able, superuser: false, createrole: false, bypassrls: false, replication: false },
      ['CREATEROLE', 'BYPASSRLS', 'REPLICATION', 'superuser'],
    ],
  ])('%s', (_, standing, missing) => {
    expect(missingPrivileges(standing).map((degradation) => degradation.missing)).toEqual(missing)
  })

  it('says how to grant it, with the user quoted', () => {
    const [first] = missingPrivileges({ ...able, user: 'my app', superuser: false, createrole: false })
    expect(first?.grant).toBe('alter role "my app" createrole;')
  })
})
