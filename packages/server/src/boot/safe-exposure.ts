// Development keys are public knowledge and the built-in identity provider lets anybody in: neither may
// be reachable by strangers unless the owner says so.

import { defaultJwtSecret } from '../identity/api-keys/legacy-keys.ts'
import { Refusal } from '../refusal/refusal.ts'
import type { ProjectConfig } from './config/project-config.ts'
import { isLoopback } from './config/read-project-config.ts'

/**
 * Refuses `boot.unsafe-exposure` where a public address or production meets development keys
 * (`[api] allow_development_keys` overrides), the built-in Clerk instance (`[clerk] allow_production`), the mailbox
 * (`[mailbox] allow_production`) or Studio (`[studio] allow_production`, with a password).
 */
export function assertSafeExposure(config: ProjectConfig): void {
  const apiExposure = exposure(config.production, config.api.host)
  if (apiExposure !== null && refusesDevelopmentKeys(config) && usesDevelopmentKeys(config))
    throw new Refusal(
      'boot.unsafe-exposure',
      { what: 'the well-known development keys', because: apiExposure },
      {
        fix: 'Set [auth] jwt_secret, publishable_key and secret_key to values of your own (env(NAME) works), or [api] allow_development_keys = true.',
      },
    )
  const clerkExposure = exposure(config.production, config.clerk.host)
  if (config.clerk.enabled && clerkExposure !== null && !config.clerk.allowProduction)
    throw new Refusal(
      'boot.unsafe-exposure',
      { what: 'the built-in Clerk instance', because: clerkExposure },
      { fix: 'Set [clerk] enabled = false and use your real Clerk instance, or [clerk] allow_production = true.' },
    )
  const mailboxExposure = exposure(config.production, config.mailbox.host)
  if (config.mailbox.enabled && mailboxExposure !== null && !config.mailbox.allowProduction)
    throw new Refusal(
      'boot.unsafe-exposure',
      { what: 'the codes and links in the development mailbox', because: mailboxExposure },
      { fix: 'Set [mailbox] enabled = false, or [mailbox] allow_production = true.' },
    )
  const studioExposure = exposure(config.production, config.studio.host)
  const isGuarded = config.studio.allowProduction && config.studio.password !== null
  if (config.studio.enabled && studioExposure !== null && !isGuarded)
    throw new Refusal(
      'boot.unsafe-exposure',
      { what: 'Studio', because: studioExposure },
      { fix: 'Set [studio] enabled = false, or [studio] password (env(NAME) works) and allow_production = true.' },
    )
}

interface Exposed {
  readonly production: boolean
  readonly api: Pick<ProjectConfig['api'], 'host' | 'allowDevelopmentKeys'>
}

/** Whether strangers may reach the API, and nobody said that they may use what is public knowledge. */
export function refusesDevelopmentKeys({ production, api }: Exposed): boolean {
  return exposure(production, api.host) !== null && !api.allowDevelopmentKeys
}

function exposure(production: boolean, host: string): string | null {
  if (!isLoopback(host)) return `${host} is not a loopback address`
  return production ? 'NODE_ENV is production' : null
}

function usesDevelopmentKeys({ auth }: ProjectConfig): boolean {
  return auth.jwtSecret === defaultJwtSecret || auth.publishableKey === null || auth.secretKey === null
}
