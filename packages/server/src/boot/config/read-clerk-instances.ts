// The instances of the built-in identity provider: the default one, which `[clerk]` itself may describe, and those of
// `[clerk.instances.<name>]`.

import type { ClerkInstanceConfig } from './project-config.ts'
import type { ConfigSection } from './section.ts'

const DEFAULT = 'default'
/** What stands in an instance's place in addresses of the platform API. */
const TAKEN = ['instances', 'mirror']

interface ReadingInstances {
  /** The default one's where the file has none. */
  readonly domain: string
  /** They are served, or their key is the mirror's: it must be there. */
  readonly areInUse: boolean
}

/** The default instance and the others in the file's order. Refuses a name that addresses have for something else. */
export function readClerkInstances(
  clerk: ConfigSection,
  { domain, areInUse }: ReadingInstances,
): readonly [ClerkInstanceConfig, ...ClerkInstanceConfig[]] {
  const own = {
    domain: clerk.string('domain', domain),
    secretKey: clerk.key('secret_key', areInUse),
    seedPath: clerk.optionalString('seed_path'),
    settings: tableOf('oidc', clerk.table('oidc')),
  }
  const { [DEFAULT]: described, ...others } = clerk.named('instances', [DEFAULT], TAKEN)
  return [
    readInstance(DEFAULT, described, { ...own, areInUse }),
    ...Object.entries(others).map(([name, other]) =>
      readInstance(name, other, {
        domain: `${name.toLowerCase()}.${own.domain}`,
        secretKey: null,
        seedPath: null,
        settings: {},
        areInUse,
      }),
    ),
  ]
}

function readInstance(
  name: string,
  section: ConfigSection,
  given: Pick<ClerkInstanceConfig, 'domain' | 'secretKey' | 'seedPath' | 'settings'> & { readonly areInUse: boolean },
): ClerkInstanceConfig {
  return {
    name,
    domain: section.string('domain', given.domain),
    secretKey: section.key('secret_key', given.areInUse) ?? given.secretKey,
    environment: section.choice('environment', ['development', 'production']),
    profile: section.optionalString('profile'),
    seedPath: section.optionalString('seed_path') ?? given.seedPath,
    connected: section.boolean('connected_to_supabase', true),
    settings: { ...given.settings, ...section.rest() },
  }
}

/** A setting that is left out where its table is empty. */
function tableOf(name: string, table: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.keys(table).length === 0 ? {} : { [name]: table }
}
