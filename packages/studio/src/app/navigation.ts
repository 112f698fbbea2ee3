// What the sidebar and the command palette lead to.

import {
  BookOpen,
  Database,
  FlaskConical,
  House,
  type LucideIcon,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Table2,
  UserRound,
} from 'lucide-react'

import { clerkNavigation } from '../clerk/navigation.ts'
import { databaseNavigation } from '../database/navigation.ts'

export interface NavigationEntry {
  readonly label: string
  /** An address within Studio. */
  readonly to: string
  /** Other words somebody may search it by. */
  readonly words?: string
}

export interface NavigationGroup {
  readonly label: string
  readonly icon: LucideIcon
  readonly entries: readonly NavigationEntry[]
}

/** In the order of the sidebar. A group of one entry stands there as that entry. */
export const navigation: readonly NavigationGroup[] = [
  { label: 'Home', icon: House, entries: [{ label: 'Home', to: '/' }] },
  {
    label: 'Table Editor',
    icon: Table2,
    entries: [{ label: 'Table Editor', to: '/table-editor', words: 'rows grid data CSV import export' }],
  },
  {
    label: 'SQL Editor',
    icon: SquareTerminal,
    entries: [{ label: 'SQL Editor', to: '/sql', words: 'query run snippets explain' }],
  },
  { label: 'Database', icon: Database, entries: databaseNavigation },
  {
    label: 'Authentication',
    icon: ShieldCheck,
    entries: [
      { label: 'Policies', to: '/auth/policies', words: 'RLS row level security' },
      {
        label: 'Third-Party Auth',
        to: '/auth/third-party',
        words: 'clerk auth0 firebase cognito workos oidc issuer jwks',
      },
    ],
  },
  {
    label: 'API Docs',
    icon: BookOpen,
    entries: [{ label: 'API Docs', to: '/api-docs', words: 'snippets curl supabase-js TypeScript types' }],
  },
  {
    label: 'Token lab',
    icon: FlaskConical,
    entries: [{ label: 'Token lab', to: '/token-lab', words: 'JWT explain forge' }],
  },
  { label: 'Clerk', icon: UserRound, entries: clerkNavigation },
  {
    label: 'Project Settings',
    icon: Settings,
    entries: [
      {
        label: 'API',
        to: '/settings/api',
        words: 'project url keys anon service_role jwt secret exposed schemas max rows',
      },
      { label: 'JWT Signing Keys', to: '/settings/signing-keys', words: 'rotate standby revoke jwks' },
    ],
  },
]
