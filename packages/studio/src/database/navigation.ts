// The screens of Database, in the order of the sidebar.

import type { NavigationEntry } from '../app/navigation.ts'

export const databaseNavigation: readonly NavigationEntry[] = [
  { label: 'Schema Visualizer', to: '/database/schemas', words: 'diagram tables foreign keys relationships' },
  { label: 'Tables', to: '/database/tables', words: 'create a new table size columns' },
  { label: 'Functions', to: '/database/functions', words: 'create a new function procedure plpgsql sql rpc' },
  { label: 'Triggers', to: '/database/triggers', words: 'create a new trigger' },
  { label: 'Enumerated Types', to: '/database/types', words: 'enum values' },
  { label: 'Extensions', to: '/database/extensions', words: 'enable pgcrypto uuid' },
  { label: 'Indexes', to: '/database/indexes', words: 'btree gin unique concurrently' },
  { label: 'Publications', to: '/database/publications', words: 'realtime replication' },
  { label: 'Roles', to: '/database/roles', words: 'add role users login' },
  { label: 'Migrations', to: '/database/migrations', words: 'save as migration pending' },
]
