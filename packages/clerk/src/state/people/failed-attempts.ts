// What an account counts against guessing: wrong passwords and codes since the last right one.

import type { Store } from '../database/store.ts'

/** Counts a failure and locks the account at the `most`-th; hands back until when it is locked, or null. */
export async function countFailure(
  store: Store,
  userId: string,
  { most, lockedUntil }: { readonly most: number; readonly lockedUntil: number },
): Promise<number | null> {
  const [row] = await store.db.query<{ locked: boolean }>(
    `update clerk.users set
       failed_attempts = case when failed_attempts + 1 >= $3 then 0 else failed_attempts + 1 end,
       locked_until = case when failed_attempts + 1 >= $3 then $4 else locked_until end
     where instance_id = $1 and id = $2 returning failed_attempts = 0 as locked`,
    [store.instanceId, userId, most, lockedUntil],
  )
  return row?.locked === true ? lockedUntil : null
}

/** Until when an account is locked, as it is kept now; null where it never was. */
export async function findLockedUntil(store: Store, userId: string): Promise<number | null> {
  const [row] = await store.db.query<{ lockedUntil: number | null }>(
    'select locked_until as "lockedUntil" from clerk.users where instance_id = $1 and id = $2',
    [store.instanceId, userId],
  )
  return row?.lockedUntil ?? null
}

/** Forgets the failures. */
export async function forgetFailures(store: Store, userId: string): Promise<void> {
  await store.db.query(
    'update clerk.users set failed_attempts = 0 where instance_id = $1 and id = $2 and failed_attempts > 0',
    [store.instanceId, userId],
  )
}
