// From what is asked to edits of the file, table by table.

import type { Issuer } from '../../../../identity/issuers/issuer.ts'
import { Refusal } from '../../../../refusal/refusal.ts'
import { type ConfigEdit, type ConfigState, writtenAt } from '../../../project/config-file/config-port.ts'
import { clerkHost } from './clerk-host.ts'
import type { Setting } from './entry.ts'

const section = ['auth', 'third_party']

/** What names the issuer in the table of each known provider; any other table has the two addresses. */
const naming: Readonly<Record<string, readonly string[]>> = {
  clerk: ['domain'],
  firebase: ['project_id'],
  auth0: ['tenant', 'tenant_region'],
  aws_cognito: ['user_pool_id', 'user_pool_region'],
  workos: ['issuer_url'],
}
const ownNaming = ['issuer_url', 'jwks_url']
const ruleKeys = ['default_role', 'allowed_roles', 'audience', 'authorized_parties']

/** The edits that make a new entry; `issuers` are those the file names already, `added` those the entry stands for. */
export function planAddition(
  now: ConfigState,
  { name, settings }: { readonly name: string; readonly settings: Readonly<Record<string, Setting>> },
  { issuers, added }: { readonly issuers: readonly Issuer[]; readonly added: readonly Issuer[] },
): readonly ConfigEdit[] {
  const same = issuers.find(({ issuer }) => issuer !== null && added.some((other) => other.issuer === issuer))
  if (same !== undefined) throw exists(same.name, same.issuer)
  const others = issuers.filter((issuer) => issuer.name === name)
  if (others.length === 0) return [...settingEdits(name, { ...settings }), ...enabling(now, name)]
  if (name !== 'clerk') throw exists(name, null)
  const { domain, ...rules } = settings
  return settingEdits(name, { domain: listed([...writtenDomains(now), String(domain)]), ...rules })
}

/** The edits that change an entry. `domain` is the one of Clerk's that is meant, where there are several. */
export function planChange(
  now: ConfigState,
  name: string,
  changes: Readonly<Record<string, Setting>>,
  domain: string | null,
): readonly ConfigEdit[] {
  refuseForeignKeys(name, changes)
  const { domain: next } = changes
  if (typeof next !== 'string' || domain === null) return settingEdits(name, changes, now)
  const domains = writtenDomains(now).map((written) => (clerkHost(written) === domain ? next : written))
  return settingEdits(name, { ...changes, domain: listed(domains) }, now)
}

/** The edits that take an entry out: its table, or one domain of several. */
export function planRemoval(now: ConfigState, name: string, domain: string | null): readonly ConfigEdit[] {
  const rest = domain === null ? [] : writtenDomains(now).filter((written) => clerkHost(written) !== domain)
  if (rest.length === 0) return [{ kind: 'remove', path: [...section, name] }]
  return settingEdits(name, { domain: listed(rest) })
}

/** A key to be removed that is not there asks for nothing. */
function settingEdits(
  name: string,
  settings: Readonly<Record<string, Setting>>,
  now: ConfigState | null = null,
): readonly ConfigEdit[] {
  return Object.entries(settings).flatMap(([key, value]): readonly ConfigEdit[] => {
    const path = [...section, name, key]
    if (value === undefined) return []
    if (value !== null) return [{ kind: 'set', path, value }]
    return now === null || writtenAt(now, path) === undefined ? [] : [{ kind: 'remove', path }]
  })
}

/** The five known providers are off unless they say so; another issuer's table is on, but may have been turned off. */
function enabling(now: ConfigState, name: string): readonly ConfigEdit[] {
  const path = [...section, name, 'enabled']
  return Object.hasOwn(naming, name) || writtenAt(now, path) === false ? [{ kind: 'set', path, value: true }] : []
}

/** A key that its table does not read would change nothing. */
function refuseForeignKeys(name: string, changes: Readonly<Record<string, Setting>>): void {
  const known = [...((Object.hasOwn(naming, name) ? naming[name] : undefined) ?? ownNaming), ...ruleKeys]
  const foreign = Object.keys(changes).find((key) => !known.includes(key))
  if (foreign === undefined) return
  const fix = `Its keys are ${known.join(', ')}.`
  throw new Refusal('third-party.invalid', { reason: `auth.third_party.${name} has no ${foreign}` }, { fix })
}

function writtenDomains(now: ConfigState): readonly string[] {
  const written = writtenAt(now, [...section, 'clerk', 'domain'])
  return [written].flat().filter((domain) => typeof domain === 'string')
}

/** Upstream's CLI takes one text and no list, so that one stays a text. */
function listed(domains: readonly string[]): string | readonly string[] {
  return domains.length === 1 ? (domains[0] ?? '') : domains
}

function exists(name: string, issuer: string | null): Refusal {
  const fix =
    issuer === null ? 'Change it, remove it first, or add this one as Custom OIDC.' : 'Change that one instead.'
  return new Refusal('third-party.exists', { name, issuer }, { fix })
}
