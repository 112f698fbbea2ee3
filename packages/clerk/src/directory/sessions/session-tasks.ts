// What a person has to do before her session counts: the instance's settings ask for it, her account answers.

import type { ChangeableSettings } from '../../state/instance/instance-settings.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser, type User } from '../../state/people/users.ts'

/** A task by Clerk's key; `<SignIn/>` shows a step for each. */
export type SessionTask = 'reset-password' | 'choose-organization' | 'setup-mfa'

/** The tasks that are open, in the order in which they are asked. */
export async function sessionTasks(
  store: Store,
  settings: ChangeableSettings,
  session: { readonly userId: string; readonly activeOrganizationId: string | null },
): Promise<readonly SessionTask[]> {
  const { organizations, authentication } = settings
  const user = await requireUser(store, session.userId)
  const reset = user.passwordCompromisedAt !== null
  const choose = organizations.enabled && organizations.forceSelection && session.activeOrganizationId === null
  const secure = authentication.secondFactorRequired && !ownsSecondFactor(user)
  return [
    ...(reset ? (['reset-password'] as const) : []),
    ...(choose ? (['choose-organization'] as const) : []),
    ...(secure ? (['setup-mfa'] as const) : []),
  ]
}

/** Whether a user has turned on a second factor. */
export async function hasSecondFactor(store: Store, userId: string): Promise<boolean> {
  return ownsSecondFactor(await requireUser(store, userId))
}

function ownsSecondFactor({ totpEnabled, phoneNumbers }: User): boolean {
  return totpEnabled || phoneNumbers.some((number) => number.reservedForSecondFactor)
}
