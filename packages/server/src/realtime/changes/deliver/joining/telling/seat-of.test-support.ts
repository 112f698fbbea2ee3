// Seats for tests of what is said about them: of role anon, who may read all of a published table without policies.

import { channelOf } from '../../../../broadcast/channel-of.test-support.ts'
import type { RoleFacts, TableFacts } from '../../../tables/table-facts.ts'
import { viewOf } from '../../payload/view.ts'
import type { Said } from '../say-subscribed.ts'
import { Listener, type Seat, type Subscription } from '../../routes/listener.ts'

const REQUEST = { event: '*', schema: 'public', table: 'notes', filter: null, select: null, since: null } as const

export function subscriptionOf(seats: readonly Seat[], refusedFor: Said | null = null): Subscription {
  return { request: REQUEST, id: 1, seats: [...seats], refusedFor, toldOf: null }
}

export function seatOf(ofTable: Partial<TableFacts>, ofRole: Partial<RoleFacts> = {}): Seat {
  const [table, role] = [
    { ...TABLE, ...ofTable },
    { ...ROLE, ...ofRole },
  ]
  return {
    kind: 'seat',
    listener: new Listener(channelOf({}), 0),
    request: REQUEST,
    id: 1,
    table,
    role,
    claimsClass: { kind: 'claims-class', role: role.role, key: role.role },
    filter: null,
    view: viewOf(table, role, null),
  }
}

const TABLE: TableFacts = {
  oid: 1,
  schema: 'public',
  table: 'notes',
  columns: [
    {
      name: 'id',
      typeOid: 23,
      typeName: 'int4',
      attnum: 1,
      typeSql: 'integer',
      typeKind: 'base',
      isDeterministic: true,
    },
  ],
  primaryKey: ['id'],
  rowSecurity: false,
  replicaIdentity: 'default',
  identityColumns: ['id'],
  isPublished: true,
  isPublishedInParts: false,
  policies: [],
  hasNondeterministicCollations: false,
  searchPath: 'public',
}

const ROLE: RoleFacts = {
  role: 'anon',
  bypassesRowSecurity: false,
  readableColumns: new Set(['id']),
  inherits: new Set(['anon']),
  schemas: new Set(['public']),
}
