// Whose an identifier is. One that is neither verified nor reserved is nobody's: several people may have it.

import type { Store } from '../database/store.ts'
import { type User, userColumns } from './users.ts'

/** What people can call themselves. */
export type IdentifierKind = 'email_address' | 'phone_number' | 'username'

const conditions = {
  email_address: `exists (select from clerk.email_addresses e where e.instance_id = u.instance_id and e.user_id = u.id
    and e.email_address = $2 and (e.verification_status = 'verified' or e.reserved))`,
  phone_number: `exists (select from clerk.phone_numbers p where p.instance_id = u.instance_id and p.user_id = u.id
    and p.phone_number = $2 and (p.verification_status = 'verified' or p.reserved))`,
  username: 'lower(u.username) = lower($2)',
} as const

/** The user with an identifier in its stored form, or null. */
export async function findUserByIdentifier(store: Store, kind: IdentifierKind, value: string): Promise<User | null> {
  const [user] = await store.db.query<User>(
    `select ${userColumns} from clerk.users u where u.instance_id = $1 and ${conditions[kind]}`,
    [store.instanceId, value],
  )
  return user ?? null
}
