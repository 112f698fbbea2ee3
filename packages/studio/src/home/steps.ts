// What comes next on the way from an empty project to people who see their own rows: the tutorials' steps, in order.

import type { ClerkCounts, DatabaseCounts } from './queries.ts'

export interface Step {
  readonly title: string
  readonly body: string
  /** The screen where it is done. */
  readonly to: string
  /** False also where nobody can tell. */
  readonly done: boolean
}

/** What is known of the project decides which are done. `clerk` is null where the built-in instance is off. */
export function nextSteps(database: DatabaseCounts, clerk: ClerkCounts | null): readonly Step[] {
  return [
    ...(clerk === null ? [] : [connect(clerk)]),
    {
      title: 'Trust Clerk’s tokens',
      body: 'Add Clerk under Authentication → Third-Party Auth, by the domain of its instance.',
      to: '/auth/third-party',
      done: clerk?.trusted ?? false,
    },
    {
      title: 'Create a table',
      body: "With a column user_id whose default is the id in the token: auth.jwt()->>'sub'.",
      to: '/table-editor',
      done: database.tables > 0,
    },
    {
      title: 'Write policies',
      body: 'Enable Row Level Security and let people see and add their own rows.',
      to: '/auth/policies',
      done: database.tables > 0 && database.open === 0 && database.policies > 0,
    },
    ...(clerk === null ? [] : [people(clerk)]),
    {
      title: 'Use it from your app',
      body: 'tenon env --write puts the addresses and keys into .env.local; API Docs has the code for each table.',
      to: '/api-docs',
      done: false,
    },
  ]
}

function connect({ trusted }: ClerkCounts): Step {
  return {
    title: 'Connect Clerk with Supabase',
    body: 'Session tokens then carry the role that policies are written for. One button does it, and shows the domain.',
    to: '/clerk/default/connect-supabase',
    done: trusted,
  }
}

function people({ users }: ClerkCounts): Step {
  return {
    title: 'Create two users',
    body: 'So that you can look at the tables as each of them, and see that each sees her own rows alone.',
    to: '/clerk/default/users',
    done: users >= 2,
  }
}
