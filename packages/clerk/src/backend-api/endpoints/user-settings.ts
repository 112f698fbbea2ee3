// Endpoints of our own for "User & authentication", which Clerk has in its dashboard alone: identifiers, factors, and
// who may sign up.

import { knownProviders } from '../../federation/known-providers.ts'
import { changedUserSettings } from '../../parameters/user-settings.ts'
import { userSettingsResource } from '../../resources/user-settings.ts'
import { requireConsistent } from '../../directory/instance/require-consistent.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import { configuredAuthentication } from '../../state/instance/instance-settings.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const userSettingsEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/user_settings', answer: ({ instance }) => userSettingsAnswer(instance) },
  { method: 'PATCH', path: '/instance/user_settings', answer: changeUserSettings },
]

async function userSettingsAnswer(instance: Instance): Promise<object> {
  const { authentication } = (await instance.snapshot()).settings
  return userSettingsResource(authentication, {
    changed: Object.keys(differing(configuredAuthentication(instance.configured), authentication)),
    providers: providerChoices(instance, authentication.social),
  })
}

/** Keeps what differs from the configuration, so that the rest goes on following it. Refuses settings nobody could live with. */
async function changeUserSettings({ instance, body }: BackendRequest): Promise<object> {
  const { authentication: before } = (await instance.snapshot()).settings
  const choices = Object.keys(knownProviders).filter(() => instance.isDevelopment)
  const after = changedUserSettings(body, before, [...new Set([...choices, ...before.social])])
  requireConsistent(after, instance.configured.oidcProviders?.length ?? 0)
  await instance.changeSettings({ authentication: differing(configuredAuthentication(instance.configured), after) })
  return userSettingsAnswer(instance)
}

function differing(from: AuthenticationSettings, to: AuthenticationSettings): Partial<AuthenticationSettings> {
  const entries = Object.entries(to).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(from[key as keyof AuthenticationSettings]),
  )
  return Object.fromEntries(entries)
}

/** Configured providers are there for good; in development every other known one has a stand-in of this server. */
function providerChoices(instance: Instance, social: readonly string[]): readonly object[] {
  const configured = (instance.configured.oidcProviders ?? []).map(({ key, name }) => ({
    key,
    name: name ?? knownProviders[key]?.name ?? key,
    enabled: true,
    configured: true,
  }))
  const taken = new Set(configured.map(({ key }) => key))
  const standIns = instance.isDevelopment ? Object.entries(knownProviders).filter(([key]) => !taken.has(key)) : []
  return [
    ...configured,
    ...standIns.map(([key, { name }]) => ({ key, name, enabled: social.includes(key), configured: false })),
  ]
}
