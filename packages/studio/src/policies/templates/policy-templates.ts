// Policies to begin from: those that fit the ids and organizations of Clerk's tokens, general ones, and those that need
// UUID ids. Pure; a template becomes a form's fields once it is told the table.

import type { Behaviour, Column, Command, PolicyFields } from '../protected-table.ts'

export const groups = ['Clerk', 'General', 'auth.uid()'] as const
export type TemplateGroup = (typeof groups)[number]

export interface PolicyTemplate {
  readonly group: TemplateGroup
  readonly title: string
  readonly about: string
  readonly command: Command
  readonly behaviour?: Behaviour
  readonly roles?: readonly string[]
  /** `{column}` stands for the column that `column` looks for. */
  readonly using?: string
  readonly check?: string
  readonly column?: keyof typeof columnsFor
  /** The one table it is for, `schema.table`. */
  readonly only?: string
}

/** Names a column may have, the likeliest first, and the types that can be compared. */
const columnsFor = {
  person: { names: ['user_id', 'owner_id', 'created_by', 'author_id', 'userid'], types: /^(text|character varying)/ },
  organisation: {
    names: ['org_id', 'organization_id', 'organisation_id', 'tenant_id'],
    types: /^(text|character varying)/,
  },
  uuidPerson: { names: ['user_id', 'owner_id', 'created_by', 'author_id'], types: /^uuid$/ },
  email: { names: ['email', 'email_address'], types: /^(text|character varying)/ },
} as const

const sub = `(select auth.jwt()->>'sub') = {column}`
const organisation = `(select coalesce(auth.jwt()->>'org_id', auth.jwt()->'o'->>'id')) = {column}`
const admin = `(select coalesce(auth.jwt()->>'org_role', auth.jwt()->'o'->>'rol')) in ('org:admin', 'admin')`
const folder = `(storage.foldername(name))[1] = (select auth.jwt()->>'sub')`
const ownChannel = `(select realtime.topic()) = 'user:' || (select auth.jwt()->>'sub')`
const organisationChannel = `(select realtime.topic()) = 'org:' || (select coalesce(auth.jwt()->>'org_id', auth.jwt()->'o'->>'id'))`
const uid = '(select auth.uid()) = {column}'
const signedIn = ['authenticated']

export const policyTemplates: readonly PolicyTemplate[] = [
  {
    group: 'Clerk',
    title: 'People see their own rows',
    about: 'By the user id in sub.',
    command: 'SELECT',
    roles: signedIn,
    using: sub,
    column: 'person',
  },
  {
    group: 'Clerk',
    title: 'People insert their own rows',
    about: 'A new row must carry the user id in sub.',
    command: 'INSERT',
    roles: signedIn,
    check: sub,
    column: 'person',
  },
  {
    group: 'Clerk',
    title: 'People update their own rows',
    about: 'And cannot hand them to somebody else.',
    command: 'UPDATE',
    roles: signedIn,
    using: sub,
    check: sub,
    column: 'person',
  },
  {
    group: 'Clerk',
    title: 'People delete their own rows',
    about: 'By the user id in sub.',
    command: 'DELETE',
    roles: signedIn,
    using: sub,
    column: 'person',
  },
  {
    group: 'Clerk',
    title: 'Own rows by requesting_user_id()',
    about: 'With a function of your own that reads sub from the claims.',
    command: 'SELECT',
    using: 'requesting_user_id() = {column}',
    column: 'person',
  },
  {
    group: 'Clerk',
    title: 'Members see the rows of their organization',
    about: 'The active organization, in tokens of both versions.',
    command: 'SELECT',
    roles: signedIn,
    using: organisation,
    column: 'organisation',
  },
  {
    group: 'Clerk',
    title: 'Admins insert rows of their organization',
    about: 'org:admin in tokens of version 1, admin in those of version 2.',
    command: 'INSERT',
    roles: signedIn,
    check: `${organisation}\n  and ${admin}`,
    column: 'organisation',
  },
  {
    group: 'Clerk',
    title: 'Only with a second factor',
    about: 'Restrictive: it narrows what the permissive policies beside it allow.',
    command: 'ALL',
    behaviour: 'restrictive',
    roles: signedIn,
    using: `(select coalesce((auth.jwt()->'fva'->>1)::int, -1)) >= 0`,
  },
  {
    group: 'Clerk',
    title: 'Everybody has a folder of her own',
    about: 'Files below a folder that is called like the user id. For storage.objects.',
    command: 'ALL',
    roles: signedIn,
    using: folder,
    check: folder,
    only: 'storage.objects',
  },
  {
    group: 'Clerk',
    title: 'Everybody has a channel of her own',
    about: 'Private channels of Realtime that are called user: and the user id. For realtime.messages.',
    command: 'ALL',
    roles: signedIn,
    using: ownChannel,
    check: ownChannel,
    only: 'realtime.messages',
  },
  {
    group: 'Clerk',
    title: 'Members use the channel of their organization',
    about: 'Private channels that are called org: and the id of the active organization. For realtime.messages.',
    command: 'ALL',
    roles: signedIn,
    using: organisationChannel,
    check: organisationChannel,
    only: 'realtime.messages',
  },
  {
    group: 'General',
    title: 'Whoever is signed in hears broadcasts',
    about: 'On every private channel, and sends none. For realtime.messages.',
    command: 'SELECT',
    roles: signedIn,
    using: `extension = 'broadcast'`,
    only: 'realtime.messages',
  },
  { group: 'General', title: 'Everybody reads', about: 'Signed in or not.', command: 'SELECT', using: 'true' },
  {
    group: 'General',
    title: 'Whoever is signed in reads',
    about: 'Every row.',
    command: 'SELECT',
    roles: signedIn,
    using: 'true',
  },
  {
    group: 'General',
    title: 'Whoever is signed in inserts',
    about: 'Any row.',
    command: 'INSERT',
    roles: signedIn,
    check: 'true',
  },
  {
    group: 'General',
    title: 'Update by e-mail address',
    about: 'Where the token has the claim email.',
    command: 'UPDATE',
    roles: signedIn,
    using: `(select auth.jwt()->>'email') = {column}`,
    check: `(select auth.jwt()->>'email') = {column}`,
    column: 'email',
  },
  {
    group: 'auth.uid()',
    title: 'See own rows by auth.uid()',
    about: 'Needs UUID ids, which Clerk’s are not.',
    command: 'SELECT',
    roles: signedIn,
    using: uid,
    column: 'uuidPerson',
  },
  {
    group: 'auth.uid()',
    title: 'Insert own rows by auth.uid()',
    about: 'Needs UUID ids, which Clerk’s are not.',
    command: 'INSERT',
    roles: signedIn,
    check: uid,
    column: 'uuidPerson',
  },
  {
    group: 'auth.uid()',
    title: 'Delete own rows by auth.uid()',
    about: 'Needs UUID ids, which Clerk’s are not.',
    command: 'DELETE',
    roles: signedIn,
    using: uid,
    column: 'uuidPerson',
  },
]

/** The fields a template gives a form. `missing` is the column it speaks of where the table has none that fits. */
export function fieldsFrom(
  template: PolicyTemplate,
  columns: readonly Column[],
): { readonly fields: PolicyFields; readonly missing: string | null } {
  const found = template.column === undefined ? null : columnFor(template.column, columns)
  const fill = (expression: string | undefined): string | null =>
    expression?.replaceAll('{column}', () => quoted(found?.name ?? '')) ?? null
  const { title: name, command, behaviour = 'permissive', roles = [], using, check } = template
  return {
    fields: { name, behaviour, command, roles, using: fill(using), check: fill(check) },
    missing: found !== null && !found.exists ? found.name : null,
  }
}

function columnFor(
  kind: keyof typeof columnsFor,
  columns: readonly Column[],
): { readonly name: string; readonly exists: boolean } {
  const { names, types } = columnsFor[kind]
  const fits = columns.filter(({ type }) => types.test(type))
  const name = names.find((candidate) => fits.some((column) => column.name === candidate))
  return name === undefined ? { name: names[0], exists: false } : { name, exists: true }
}

/** A name as SQL needs it: bare where that means the same. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
