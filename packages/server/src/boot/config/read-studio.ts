// Reads `[studio]`: Supabase's keys `enabled` and `port`, and ours.

import type { StudioConfig } from './project-config.ts'
import type { ConfigSection } from './section.ts'

interface ReadStudio {
  readonly config: StudioConfig
  readonly warnings: readonly string[]
}

interface StudioReading {
  readonly studioPort: number | undefined
  readonly production: boolean
  /** The password is in use. */
  readonly opensDoors: boolean
}

const SHORTEST_PASSWORD = 12

/**
 * Supabase's own files say `enabled = true`, which is said of a development machine: in production it takes
 * `allow_production` and a password too, and a warning tells what is missing. Refuses `boot.config-invalid` for a password
 * that is too short.
 */
export function readStudio(section: ConfigSection, { studioPort, production, opensDoors }: StudioReading): ReadStudio {
  const wanted = section.optionalBoolean('enabled')
  const password = section.secret('password', SHORTEST_PASSWORD, opensDoors)
  const allowProduction = section.boolean('allow_production', false)
  const isWithheld = production && !(allowProduction && password !== null)
  return {
    config: {
      enabled: wanted !== false && !isWithheld,
      host: section.string('host', '127.0.0.1'),
      port: studioPort ?? section.port('port', 54_323),
      password,
      hosts: section.strings('hosts', []).map((name) => name.toLowerCase()),
      allowProduction,
    },
    warnings: isWithheld && wanted === true ? [WITHHELD] : [],
  }
}

const WITHHELD =
  'Studio is not served in production. To serve it, set [studio] password, best as env(NAME), and allow_production = true.'
