// What Studio does, screen by screen.

import type { Area } from './render-supported.ts'

const walk = (name: string): string => `conformance/studio/${name}.test.ts`
const platform = (path: string): string => `packages/server/src/platform/${path}`

export const STUDIO: readonly Area[] = [
  {
    title: 'Studio',
    features: [
      {
        name: 'Both tutorials by hand, by the interface and by the SQL Editor',
        state: 'works',
        proof: 'conformance/browser/studio-tutorials.test.ts',
      },
      {
        name: 'Signing in: one-time link, password; sessions, CSRF, content security policy',
        state: 'works',
        proof: 'conformance/studio-door.test.ts',
      },
      {
        name: 'In production',
        state: 'works',
        note: 'with a password and `allow_production`',
        proof: 'conformance/studio-door.test.ts',
      },
      { name: 'In the npm package', state: 'works', proof: 'conformance/packed.test.ts' },
      { name: 'Every screen accessible (axe) and as narrow as 400 px', state: 'works', proof: walk('screens') },
      {
        name: 'Command palette, light and dark, deep links, first load below 400 kB',
        state: 'works',
        proof: walk('shell'),
      },
      {
        name: 'What was typed outlives the server, Postgres and the session',
        state: 'works',
        note: 'a dialog asks to sign in again; the same press works afterwards',
        proof: walk('lost-connection'),
      },
      {
        name: '`/platform/v1` on the API’s port closed to web pages, whatever key they show',
        state: 'works',
        proof: 'packages/server/src/http/create-http-server.test.ts',
      },
      { name: 'Home: addresses, what is there, what comes next', state: 'works', proof: walk('home') },
    ],
  },
  {
    title: 'Studio: the database half',
    features: [
      {
        name: 'Table Editor: grid of any length, filters, sort, deep links',
        state: 'works',
        note: 'above 3,000,000 rows the count is an estimate until asked for',
        proof: walk('table-editor'),
      },
      {
        name: 'Table Editor: edit in place by type, insert, delete, foreign-key peek; a second tab’s change is never overwritten',
        state: 'works',
        note: 'views are read-only',
        proof: walk('table-editor'),
      },
      {
        name: 'Table Editor: CSV import and export with progress, policies applied',
        state: 'works',
        note: 'all or nothing; an empty field is NULL, `""` the empty text',
        proof: platform('rows/csv/csv.db.test.ts'),
      },
      { name: 'Table Editor: create, edit, duplicate, delete a table', state: 'works', proof: walk('table-sheet') },
      {
        name: 'SQL Editor: run all or the selection, tabs, saved queries, results, export, plans, error positions, warning, completion, cancel',
        state: 'works',
        note: 'saved queries are files in `supabase/snippets`; EXPLAIN ANALYZE is always undone',
        proof: walk('sql-editor'),
      },
      {
        name: 'SQL Editor: save as migration; enable row security and run',
        state: 'works',
        proof: walk('sql-editor'),
      },
      { name: 'SQL Editor: formatting', state: 'no' },
      {
        name: 'Table Editor: any legal name, 500 columns; values of 10 MB',
        state: 'partly',
        note: 'values of that size are shown and kept whole, but take a browser too long to edit',
        proof: walk('odd-names'),
      },
      {
        name: 'View as any identity: roles, users of a Clerk instance, any claims',
        state: 'works',
        proof: walk('view-as'),
      },
      {
        name: 'Database → Functions',
        state: 'works',
        note: 'advice on volatility, a trial that is undone',
        proof: walk('functions'),
      },
      {
        name: 'Database → Triggers, Extensions, Roles, Migrations, Schema Visualizer',
        state: 'works',
        proof: walk('database-objects'),
      },
      {
        name: 'Database → Tables, Enumerated Types, Indexes, Publications',
        state: 'works',
        note: 'enum values are added and renamed, not removed; indexes on expressions through the API alone',
        proof: walk('database-shape'),
      },
      {
        name: 'Authentication → Policies, templates for Clerk ids, who would see what',
        state: 'works',
        proof: walk('policies'),
      },
      {
        name: 'Findings on policies',
        state: 'partly',
        note: 'those the catalog alone can tell',
        proof: platform('schema/policies/findings/find-in-policies.test.ts'),
      },
      {
        name: 'Authentication → Third-Party Auth, live and kept in `config.toml`',
        state: 'works',
        note: 'counters begin anew at each start',
        proof: walk('third-party-auth'),
      },
      {
        name: 'Project Settings → API, JWT Signing Keys',
        state: 'partly',
        note: 'API keys are shown, not made; the JWT secret cannot be revoked',
        proof: walk('settings'),
      },
      { name: 'API docs: code that runs', state: 'works', note: 'views: reading only', proof: walk('api-docs') },
      {
        name: '`tenon gen types typescript`',
        state: 'works',
        note: 'from the running stack',
        proof: platform('schema/types/types-area.db.test.ts'),
      },
      { name: '`gen types` for Go, Swift, Python', state: 'no' },
      { name: 'Token lab: explain any token, forge with faults', state: 'works', proof: walk('token-lab') },
      {
        name: 'Changing `config.toml` with its comments',
        state: 'partly',
        note: 'not within arrays of tables',
        proof: 'packages/server/src/boot/config-file/edit-toml.property.test.ts',
      },
    ],
  },
  {
    title: 'Studio: the Clerk half',
    features: [
      {
        name: 'Users: create, search, metadata, sessions, factors, ban, impersonate, delete',
        state: 'works',
        proof: walk('clerk-people'),
      },
      {
        name: 'Organizations: members, invitations, roles and permissions',
        state: 'works',
        note: 'verified domains through the Backend API alone',
        proof: walk('clerk-roles'),
      },
      {
        name: 'Sessions → Customize session token, JWT Templates, Connect with Supabase',
        state: 'works',
        proof: walk('clerk-tokens'),
      },
      { name: 'Webhooks: endpoints, attempts, messages, replay', state: 'works', proof: walk('clerk-webhooks') },
      {
        name: 'User & Authentication, Restrictions, API keys',
        state: 'works',
        note: 'providers’ credentials and rate limits are in `config.toml` alone',
        proof: walk('clerk-settings'),
      },
    ],
  },
]
