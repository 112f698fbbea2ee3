// The screens of Database, in the order of the sidebar.

import type { NavigationEntry } from '../app/navigation.ts'

export const databaseNavigation: readonly NavigationEntry[] = [
  { label: 'Functions', to: '/database/functions', words: 'create a new function procedure plpgsql sql rpc' },
]
