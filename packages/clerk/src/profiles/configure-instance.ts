// From what a configuration file or a test suite says of an instance to its settings.

import type { InstanceSettings } from '../state/instance/instance-settings.ts'
import { parseSeed, type Seed } from '../state/seed/parse-seed.ts'
import { parseSharedSettings } from './parse-shared-settings.ts'
import { requireProfile } from './require-profile.ts'

/** One instance as configured: what makes it itself, and what it shares with others of its profile. */
export interface ConfiguredInstance extends Omit<InstanceSettings, 'seed'> {
  /** A name of `profileNames`; the defaults where it is left out. */
  readonly profile?: string
  /** Settings in the words of the configuration file, over the profile's; see `parseSharedSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Applied after the profile's. */
  readonly seed?: Seed
}

/** The settings of an instance. Refuses an unknown profile and settings that cannot be, and says which. */
export function configureInstance({ profile, settings, seed, ...own }: ConfiguredInstance): InstanceSettings {
  const where = `instances.${own.name}`
  const { settings: base, seed: profileSeed } =
    profile === undefined ? { settings: {} } : { seed: undefined, ...requireProfile(profile, `${where}.profile`) }
  const seeds = [...(profileSeed === undefined ? [] : [parseSeed(profileSeed)]), ...(seed === undefined ? [] : [seed])]
  const [first, ...others] = seeds
  return {
    ...own,
    ...parseSharedSettings(settings ?? {}, { ...pickShared(own), ...base }, where),
    ...(first !== undefined && { seed: others.reduce(joined, first) }),
  }
}

/** An instance's own connection serves where neither the profile nor the settings say another. */
function pickShared({
  connectedToSupabase,
}: Omit<InstanceSettings, 'seed'>): Pick<InstanceSettings, 'connectedToSupabase'> {
  return connectedToSupabase === undefined ? {} : { connectedToSupabase }
}

function joined(one: Seed, other: Seed): Seed {
  return {
    roles: [...one.roles, ...other.roles],
    users: [...one.users, ...other.users],
    organizations: [...one.organizations, ...other.organizations],
    jwtTemplates: [...one.jwtTemplates, ...other.jwtTemplates],
    sessionClaims: other.sessionClaims ?? one.sessionClaims,
  }
}
