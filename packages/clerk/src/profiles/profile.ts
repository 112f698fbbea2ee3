// What a profile is: the settings and the people of an instance that is made for one kind of test or app.

import type { InstanceSettings } from '../state/instance/instance-settings.ts'

/** Settings that several instances may share; what makes an instance itself (name, domain, keys) is not among them. */
export type SharedSettings = Pick<
  InstanceSettings,
  | 'authentication'
  | 'organizations'
  | 'tokenVersion'
  | 'legacyOrganizationClaims'
  | 'connectedToSupabase'
  | 'sessionClaims'
  | 'applicationName'
  | 'allowedOrigins'
  | 'oidcProviders'
>

export interface Profile {
  readonly settings: SharedSettings
  /** What `parseSeed` reads; applied before a seed of the instance's own. */
  readonly seed?: object
}
