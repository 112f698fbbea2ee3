// Puts the identity stage together for a project: its own keys, the issuers it trusts, the gate before the doors.

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { Pool } from 'pg'

import {
  type ActiveUserCounter,
  createActiveUserCounter,
  type RunSql,
} from '../../identity/active-users/active-user-counter.ts'
import { createKeyRing } from '../../identity/api-keys/key-ring.ts'
import { storeOpaqueKey } from '../../identity/api-keys/opaque-keys.ts'
import { createIdentify, type Gate } from '../../identity/create-identify.ts'
import type { ExplainDeps } from '../../identity/explain/explain-token.ts'
import { roleFinder } from '../../identity/explain/role-finder.ts'
import type { IdentityLog } from '../../identity/identity-log.ts'
import { type LocalIssuer, parseIssuers } from '../../identity/issuers/parse-issuers.ts'
import { createOwnKeys, type OwnKeys } from '../../identity/keys/own-keys.ts'
import { parseSigningKeys, type SigningKeyEntry } from '../../identity/keys/signing-keys.ts'
import { createKeyStore } from '../../identity/keys/stored-keys.ts'
import { createVerifier, type Verifier } from '../../identity/verify/verifier.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import type { ProjectKeys } from '../project-keys.ts'

export interface OpenIdentity {
  readonly gate: Gate
  readonly verifier: Verifier
  readonly own: OwnKeys
  readonly activeUsers: ActiveUserCounter
  readonly explainDeps: ExplainDeps
  /** Stops refreshing keys and writes what was counted. */
  close(): Promise<void>
}

interface IdentityParts {
  readonly config: ProjectConfig
  readonly keys: ProjectKeys
  /** As a role that may write the server's own schema. */
  readonly administration: Pool
  /** Whom requests log in as. */
  readonly loginRole: string
  readonly log: IdentityLog
}

/** How often people who were seen are written down. Milliseconds. */
const FLUSH_EVERY = 30_000

/** Opens the identity stage; issuers' keys are fetched in the background. Refuses what the configuration gets wrong. */
export async function openIdentity(parts: IdentityParts): Promise<OpenIdentity> {
  const { config, keys, administration, log } = parts
  const run: RunSql = async (text, values) =>
    (await administration.query<Record<string, string>>(text, [...values])).rows
  const activeUsers = createActiveUserCounter({
    run,
    now: () => Date.now() / 1000,
    random: randomBytes,
  })
  const keyRing = createKeyRing({
    opaque: [
      storeOpaqueKey('publishable', 'default', keys.publishable),
      storeOpaqueKey('secret', 'default', keys.secret),
    ],
    legacy: keys.legacy,
  })
  const own = createOwnKeys({ secret: keys.jwtSecret, signingKeys: await readSigningKeys(config) })
  const verifier = createVerifier({
    own,
    issuers: parseIssuers(config.auth.thirdParty, { localIssuers: builtInInstances(config) }),
    log,
    store: createKeyStore(join(config.stateDir, 'issuer-keys'), log),
    onThirdParty: (identity) => activeUsers.note(identity),
    isApiKey: (token) => keyRing.recognise(token) !== null,
  })
  const { requireApiKey, refuseSecretKeysInBrowsers } = config.api
  const gate = createIdentify({ verifier, keyRing, requireApiKey, refuseSecretKeysInBrowsers })
  const flush = async (): Promise<void> => {
    await activeUsers.flush().catch((error: unknown) => log.warn({ error }, 'active users could not be written'))
  }
  const timer = setInterval(() => void flush(), FLUSH_EVERY).unref()
  return {
    gate,
    verifier,
    own,
    activeUsers,
    explainDeps: { examination: verifier.deps, keyRing, roles: roleFinder(parts.loginRole, run) },
    async close() {
      clearInterval(timer)
      verifier.stop()
      await flush()
    },
  }
}

async function readSigningKeys(config: ProjectConfig): Promise<readonly SigningKeyEntry[]> {
  const path = config.auth.signingKeysPath
  return path === null ? [] : await parseSigningKeys(await readFile(resolve(config.supabaseDir, path), 'utf8'))
}

/** An identity provider beside this server, by the name of its instance. */
export interface BuiltInIssuer extends Required<LocalIssuer> {
  readonly instance: string
}

/** The built-in instances' tokens are verified with keys from this machine, never from the network. */
export function builtInInstances({ clerk }: ProjectConfig): readonly BuiltInIssuer[] {
  if (!clerk.enabled) return []
  return clerk.instances.map(({ name, domain, connected }) => {
    const path = name === 'default' ? '' : `/instances/${name}`
    const jwksUrl = `http://127.0.0.1:${clerk.port}${path}/.well-known/jwks.json`
    return { instance: name, issuer: `https://${domain}`, jwksUrl, trusted: connected }
  })
}
