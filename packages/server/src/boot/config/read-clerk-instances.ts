// The instances of the built-in identity provider: the default one, which `[clerk]` itself may describe, and those of
// `[clerk.instances.<name>]`.

import type { ClerkInstanceConfig } from './project-config.ts'
import type { ConfigSection } from './section.ts'

const DEFAULT = 'default'
/** What stands in an instance's place in addresses of the platform API. */
const TAKEN = ['instances', 'mirror']

/** The default instance and the others in the file's order. Refuses a name that addresses have for something else. `domain` is the default one's where the file has none. */
export function readClerkInstances(
  clerk: ConfigSection,
  domain: string,
): readonly [ClerkInstanceConfig, ...ClerkInstanceConfig[]] {
  const own = {
    domain: clerk.string('domain', domain),
    secretKey: clerk.key('secret_key'),
    seedPath: clerk.optionalString('seed_path'),
    settings: tableOf('oidc', clerk.table('oidc')),
  }
  const { [DEFAULT]: described, ...others } = clerk.named('instances', [DEFAULT], TAKEN)
  return [
    readInstance(DEFAULT, described, own),
    ...Object.entries(others).map(([name, other]) =>
      readInstance(name, other, {
        domain: `${name.toLowerCase()}.${own.domain}`,
        secretKey: null,
        seedPath: null,
        settings: {},
      }),
    ),
  ]
}

function readInstance(
  name: string,
  section: ConfigSection,
  fallback: Pick<ClerkInstanceConfig, 'domain' | 'secretKey' | 'seedPath' | 'settings'>,
): ClerkInstanceConfig {
  return {
    name,
    domain: section.string('domain', fallback.domain),
    secretKey: section.key('secret_key') ?? fallback.secretKey,
    environment: section.choice('environment', ['development', 'production']),
    profile: section.optionalString('profile'),
    seedPath: section.optionalString('seed_path') ?? fallback.seedPath,
    connected: section.boolean('connected_to_supabase', true),
    settings: { ...fallback.settings, ...section.rest() },
  }
}

/** A setting that is left out where its table is empty. */
function tableOf(name: string, table: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.keys(table).length === 0 ? {} : { [name]: table }
}
