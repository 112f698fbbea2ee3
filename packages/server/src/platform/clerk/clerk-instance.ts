// An instance of the built-in identity provider, as the platform knows it: its addresses and its keys.

import { Refusal } from '../../refusal/refusal.ts'

export interface ClerkInstance {
  readonly name: string
  readonly domain: string
  readonly issuer: string
  readonly environment: 'development' | 'production'
  readonly publishableKey: string
  readonly secretKey: string
  readonly frontendApiUrl: string
  /** Without the version: `/v1` follows. */
  readonly backendApiUrl: string
  readonly jwksUrl: string
}

/** What the endpoints ask of the stack. */
export interface ClerkPort {
  /** The default one first; null where the built-in identity provider is off. */
  instances(): readonly ClerkInstance[] | null
  /** Whether the API takes tokens of this issuer at present. */
  isTrusted(issuer: string): boolean
  readonly mailboxUrl: string | null
}

/** All of them. Refuses `platform.clerk-disabled`. */
export function requireInstances(clerk: ClerkPort): readonly ClerkInstance[] {
  const found = clerk.instances()
  if (found !== null) return found
  const fix = 'Set [clerk] enabled = true for the built-in one, or use the dashboard of your real Clerk instance.'
  throw new Refusal('platform.clerk-disabled', {}, { fix })
}

/** The one of a name. Refuses `platform.clerk-disabled` and `platform.object-unknown`. */
export function requireInstance(clerk: ClerkPort, name: string): ClerkInstance {
  const found = requireInstances(clerk).find((instance) => instance.name === name)
  if (found === undefined) throw new Refusal('platform.object-unknown', { kind: 'Clerk instance', id: name })
  return found
}
