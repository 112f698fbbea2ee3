// Listing and counting users under Clerk's filters. Filters of different kinds narrow each other; the
// values of one filter widen it. A filter that can match nobody matches nobody: it is never dropped,
// because callers delete what a list returns.

import { type Bindings, bindings, containing } from '../database/statement-builder.ts'
import type { Order, Page } from '../database/page.ts'
import type { Store } from '../database/store.ts'
import { type User, userColumns } from './users.ts'

/** Ids to include (any of) and to exclude (all of). */
export interface SignedIds {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** A span of time in Unix milliseconds; each end is optional. */
export interface Span {
  readonly before?: number | undefined
  readonly after?: number | undefined
}

export interface UserFilter {
  readonly emailAddresses: readonly string[]
  readonly phoneNumbers: readonly string[]
  readonly usernames: readonly string[]
  /** Wallets do not exist here, so naming one matches nobody. */
  readonly web3Wallets: readonly string[]
  /** Strategies, for example `oauth_google`. With ids, one account has to be of both. */
  readonly providers: readonly string[]
  readonly providerUserIds: readonly string[]
  readonly userIds: SignedIds
  readonly externalIds: SignedIds
  readonly organizationIds: SignedIds
  readonly query?: string | undefined
  readonly emailAddressQuery?: string | undefined
  readonly phoneNumberQuery?: string | undefined
  readonly usernameQuery?: string | undefined
  readonly nameQuery?: string | undefined
  readonly banned?: boolean | undefined
  readonly lastActive: Span
  readonly created: Span
  readonly lastSignIn: Span
}

/** The filter that every user passes. */
export const everyUser: UserFilter = {
  emailAddresses: [],
  phoneNumbers: [],
  usernames: [],
  web3Wallets: [],
  providers: [],
  providerUserIds: [],
  userIds: { include: [], exclude: [] },
  externalIds: { include: [], exclude: [] },
  organizationIds: { include: [], exclude: [] },
  lastActive: {},
  created: {},
  lastSignIn: {},
}

/** The filter that one user passes. */
export function onlyUser(id: string): UserFilter {
  return { ...everyUser, userIds: { include: [id], exclude: [] } }
}

/** What users can be sorted by, and the expression behind each. */
export const userOrders = {
  created_at: 'u.created_at',
  updated_at: 'u.updated_at',
  email_address: `(select e.email_address from clerk.email_addresses e
     where e.instance_id = u.instance_id and e.id = u.primary_email_address_id)`,
  phone_number: `(select p.phone_number from clerk.phone_numbers p
     where p.instance_id = u.instance_id and p.id = u.primary_phone_number_id)`,
  web3wallet: 'null::text',
  first_name: 'u.first_name',
  last_name: 'u.last_name',
  username: 'u.username',
  last_active_at: 'u.last_active_at',
  last_sign_in_at: 'u.last_sign_in_at',
} as const

export type UserOrder = keyof typeof userOrders

/** One page of the users that pass. `startingAfter` is the id of the last user of the page before. */
export async function findUsers(
  store: Store,
  filter: UserFilter,
  order: Order<UserOrder>,
  page: Page,
  startingAfter: string | undefined,
): Promise<readonly User[]> {
  const bound = bindings(store.instanceId)
  const conditions = userConditions(filter, bound)
  if (startingAfter !== undefined) {
    const comparison = order.direction === 'desc' ? '<' : '>'
    conditions.push(`(u.created_at, u.position) ${comparison} (
      select c.created_at, c.position from clerk.users c where c.instance_id = $1 and c.id = ${bound.bind(startingAfter)})`)
  }
  return store.db.query<User>(
    `select ${userColumns} from clerk.users u where ${conditions.join(' and ')}
     order by ${userOrders[order.column]} ${order.direction}, u.position ${order.direction}
     limit ${bound.bind(page.limit)} offset ${bound.bind(page.offset)}`,
    bound.values,
  )
}

/** How many users pass. */
export async function countUsers(store: Store, filter: UserFilter): Promise<number> {
  const bound = bindings(store.instanceId)
  const conditions = userConditions(filter, bound)
  const [row] = await store.db.query<{ count: number }>(
    `select count(*) as count from clerk.users u where ${conditions.join(' and ')}`,
    bound.values,
  )
  return row?.count ?? 0
}

/** The conditions of a filter on `clerk.users u`. `$1` is the instance. */
export function userConditions(filter: UserFilter, bound: Bindings): string[] {
  return [
    'u.instance_id = $1',
    ...identifierConditions(filter, bound),
    ...signedConditions('u.id', filter.userIds, bound),
    ...signedConditions('u.external_id', filter.externalIds, bound),
    ...organizationConditions(filter.organizationIds, bound),
    ...queryConditions(filter, bound),
    ...(filter.banned === undefined ? [] : [`u.banned = ${bound.bind(filter.banned)}`]),
    ...spanConditions('u.last_active_at', filter.lastActive, bound),
    ...spanConditions('u.created_at', filter.created, bound),
    ...spanConditions('u.last_sign_in_at', filter.lastSignIn, bound),
  ]
}

function identifierConditions(filter: UserFilter, bound: Bindings): string[] {
  const conditions: string[] = []
  const lower = (texts: readonly string[]) => bound.bind(texts.map((text) => text.toLowerCase()))
  if (filter.emailAddresses.length > 0)
    conditions.push(hasEmail(`e.email_address = any(${lower(filter.emailAddresses)})`))
  if (filter.phoneNumbers.length > 0)
    conditions.push(hasPhone(`p.phone_number = any(${bound.bind(filter.phoneNumbers)})`))
  if (filter.usernames.length > 0) conditions.push(`lower(u.username) = any(${lower(filter.usernames)})`)
  if (filter.web3Wallets.length > 0) conditions.push('false')
  if (filter.providers.length > 0 || filter.providerUserIds.length > 0) conditions.push(hasAccount(filter, bound))
  return conditions
}

function queryConditions(filter: UserFilter, bound: Bindings): string[] {
  const conditions: string[] = []
  const like = (text: string) => bound.bind(containing(text))
  const fullName = `concat_ws(' ', u.first_name, u.last_name)`
  if (filter.emailAddressQuery !== undefined)
    conditions.push(hasEmail(`e.email_address ilike ${like(filter.emailAddressQuery)}`))
  if (filter.phoneNumberQuery !== undefined)
    conditions.push(hasPhone(`p.phone_number ilike ${like(filter.phoneNumberQuery)}`))
  if (filter.usernameQuery !== undefined) conditions.push(`u.username ilike ${like(filter.usernameQuery)}`)
  if (filter.nameQuery !== undefined) conditions.push(`${fullName} ilike ${like(filter.nameQuery)}`)
  if (filter.query !== undefined) {
    const pattern = like(filter.query)
    conditions.push(`(u.id ilike ${pattern} or u.username ilike ${pattern} or ${fullName} ilike ${pattern}
      or ${hasEmail(`e.email_address ilike ${pattern}`)} or ${hasPhone(`p.phone_number ilike ${pattern}`)})`)
  }
  return conditions
}

function signedConditions(expression: string, ids: SignedIds, bound: Bindings): string[] {
  return [
    ...(ids.include.length === 0 ? [] : [`${expression} = any(${bound.bind(ids.include)})`]),
    ...(ids.exclude.length === 0 ? [] : [`(${expression} = any(${bound.bind(ids.exclude)})) is not true`]),
  ]
}

function organizationConditions(ids: SignedIds, bound: Bindings): string[] {
  const member = (some: readonly string[]) => `exists (select from clerk.organization_memberships m
    where m.instance_id = u.instance_id and m.user_id = u.id and m.organization_id = any(${bound.bind(some)}))`
  return [
    ...(ids.include.length === 0 ? [] : [member(ids.include)]),
    ...(ids.exclude.length === 0 ? [] : [`not ${member(ids.exclude)}`]),
  ]
}

function spanConditions(column: string, span: Span, bound: Bindings): string[] {
  return [
    ...(span.before === undefined ? [] : [`${column} < ${bound.bind(span.before)}`]),
    ...(span.after === undefined ? [] : [`${column} > ${bound.bind(span.after)}`]),
  ]
}

function hasEmail(condition: string): string {
  return `exists (select from clerk.email_addresses e where e.instance_id = u.instance_id and e.user_id = u.id and ${condition})`
}

function hasPhone(condition: string): string {
  return `exists (select from clerk.phone_numbers p where p.instance_id = u.instance_id and p.user_id = u.id and ${condition})`
}

function hasAccount({ providers, providerUserIds }: UserFilter, bound: Bindings): string {
  const of = [
    ...(providers.length === 0 ? [] : [`x.strategy = any(${bound.bind(providers)})`]),
    ...(providerUserIds.length === 0 ? [] : [`x.provider_user_id = any(${bound.bind(providerUserIds)})`]),
  ]
  return `exists (select from clerk.external_accounts x where x.instance_id = u.instance_id and x.user_id = u.id
    and x.verification_status = 'verified' and ${of.join(' and ')})`
}
