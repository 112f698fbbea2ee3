// What a person has to do before her session counts: the instance's settings ask for it, her account answers.

import type { ChangeableSettings } from '../state/instance-settings.ts'
import type { Store } from '../state/store.ts'
import { requireUser } from '../state/users.ts'

/** A task by Clerk's key; `<SignIn/>` shows a step for each. */
export type SessionTask = 'choose-organization' | 'setup-mfa'

/** The tasks that are open, in the order in which they are asked. */
export async function sessionTasks(
  store: Store,
  settings: ChangeableSettings,
  session: { readonly userId: string; readonly activeOrganizationId: string | null },
): Promise<readonly SessionTask[]> {
  const { organizations, authentication } = settings
  const choose = organizations.enabled && organizations.forceSelection && session.activeOrganizationId === null
  const secure = authentication.secondFactorRequired && !(await hasSecondFactor(store, session.userId))
  return [...(choose ? (['choose-organization'] as const) : []), ...(secure ? (['setup-mfa'] as const) : [])]
}

/** Whether a user has turned on a second factor. */
export async function hasSecondFactor(store: Store, userId: string): Promise<boolean> {
  const user = await requireUser(store, userId)
  return user.totpEnabled || user.phoneNumbers.some((number) => number.reservedForSecondFactor)
}
