// The issuers a project trusts, read and changed: the file and the verifier move together.

import type { ActiveUserCounter } from '../../../identity/active-users/active-user-counter.ts'
import type { Issuer } from '../../../identity/issuers/issuer.ts'
import { IssuerConfigError } from '../../../identity/issuers/issuer-config-error.ts'
import { parseIssuers } from '../../../identity/issuers/parse-issuers.ts'
import type { TrustedIssuer } from '../../../identity/keys/issuer-registry.ts'
import type { Verifier } from '../../../identity/verify/verifier.ts'
import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import { type ConfigEdit, type ConfigPort, type ConfigState, writtenAt } from '../../project/config-file/config-port.ts'
import { clerkDomainFix } from './entries/clerk-host.ts'
import { type EntryChanges, type NewEntry, tableOf } from './entries/entry.ts'
import { planAddition, planChange, planRemoval } from './entries/plan-entry.ts'
import { type BuiltInInstance, idOf, type Integration, reportIntegrations } from './report/report-integrations.ts'

export interface ThirdPartyAuthDeps {
  readonly config: ConfigPort
  readonly verifier: Pick<Verifier, 'deps' | 'replaceIssuers' | 'stats'>
  readonly activeUsers: Pick<ActiveUserCounter, 'counts'>
  readonly builtIn: readonly BuiltInInstance[]
  /** Unix seconds. */
  readonly now: () => number
}

export interface Integrations {
  /** `problem` says why the file cannot be read, where it cannot: what is trusted is trusted all the same. */
  list(): Promise<{ readonly integrations: readonly Integration[]; readonly problem: string | null }>
  /** Refuses `third-party.exists`, `third-party.invalid`, `config.*`. */
  add(entry: NewEntry): Promise<Integration>
  /** Refuses as `add`, and `third-party.unknown`, `third-party.built-in`. */
  change(id: string, changes: EntryChanges): Promise<Integration>
  /** What is left of it: null, or an instance beside this server that is trusted because it is connected. */
  remove(id: string): Promise<Integration | null>
  /** Asks the issuer for its keys now. Refuses `third-party.unknown`. */
  check(id: string): Promise<Integration>
}

/** Over the running verifier and the project's file. */
export function createIntegrations(deps: ThirdPartyAuthDeps): Integrations {
  const { config, verifier, builtIn } = deps
  const configuredBy = (state: Pick<ConfigState, 'thirdParty'>): readonly Issuer[] =>
    issuersOf(
      state.thirdParty,
      builtIn.map((instance) => ({ ...instance, trusted: false })),
    )
  const follow = {
    check: (next: ConfigState): void => void issuersOf(next.thirdParty, builtIn),
    apply: (next: ConfigState): void => verifier.replaceIssuers(issuersOf(next.thirdParty, builtIn)),
  }
  const list = async (): ReturnType<Integrations['list']> => await listAll(deps, configuredBy)
  const found = async (matches: (integration: Integration) => boolean): Promise<Integration | null> =>
    (await list()).integrations.find(matches) ?? null
  const changeEntry = async (
    id: string,
    plan: (now: ConfigState, entry: Issuer, domain: string | null) => readonly ConfigEdit[],
  ): Promise<Issuer> => {
    let entry: Issuer | undefined
    await config.change({
      plan(now) {
        const configured = configuredBy(now)
        entry = configured.find((issuer) => idOf(issuer, { configured, builtIn }) === id)
        if (entry === undefined) throw notInFile(id, deps)
        return plan(now, entry, entry.name === 'clerk' ? (entry.issuer?.replace('https://', '') ?? null) : null)
      },
      ...follow,
    })
    if (entry === undefined) throw unknown(id)
    return entry
  }
  return {
    list,
    async add(entry) {
      const table = tableOf(entry)
      const added = issuersOf({ [table.name]: { ...table.settings, enabled: true } }, [])
      refuseNowhere(added, builtIn)
      await config.change({ plan: (now) => planAddition(now, table, { issuers: configuredBy(now), added }), ...follow })
      return required(
        await found(({ name, issuer }) => name === table.name && issuer === (added[0]?.issuer ?? null)),
        table.name,
      )
    },
    async change(id, changes) {
      const { name } = await changeEntry(id, (now, entry, domain) => planChange(now, entry.name, changes, domain))
      const issuer = changes.domain === undefined ? null : `https://${changes.domain}`
      return required(await found((one) => one.id === id || (one.name === name && one.issuer === issuer)), id)
    },
    async remove(id) {
      const gone = await changeEntry(id, (now, entry, domain) => planRemoval(now, entry.name, domain))
      return await found((one) => one.builtIn !== null && one.issuer === gone.issuer)
    },
    async check(id) {
      const trusted = await trustedBy(id, deps, configuredBy)
      if (trusted === undefined) throw unknown(id)
      await trusted.keys.check()
      return required(await found((one) => one.id === id), id)
    },
  }
}

type ConfiguredBy = (state: Pick<ConfigState, 'thirdParty'>) => readonly Issuer[]

async function listAll(deps: ThirdPartyAuthDeps, configuredBy: ConfiguredBy): ReturnType<Integrations['list']> {
  const { verifier, activeUsers, builtIn, now } = deps
  const { configured, tables, problem } = await readFile(deps, configuredBy)
  const month = new Date(now() * 1000).toISOString().slice(0, 7)
  const counts = (await activeUsers.counts()).filter((count) => count.month === month)
  const integrations = reportIntegrations({
    trusted: verifier.deps.registry.all(),
    configured,
    tables,
    builtIn,
    sightings: verifier.stats().sightings,
    activeUsers: new Map(counts.map(({ issuer, users }) => [issuer, users])),
  })
  return { integrations, problem }
}

interface FileFacts {
  readonly configured: readonly Issuer[]
  readonly tables: Readonly<Record<string, unknown>>
  readonly problem: string | null
}

async function readFile({ config }: ThirdPartyAuthDeps, configuredBy: ConfiguredBy): Promise<FileFacts> {
  try {
    const state = await config.read()
    const tables = writtenAt(state, ['auth', 'third_party'])
    return { configured: configuredBy(state), tables: (tables ?? {}) as FileFacts['tables'], problem: null }
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown
    const problem =
      thrown.code === 'config.invalid'
        ? thrown.detail.problem
        : thrown.code === 'third-party.invalid'
          ? thrown.detail.reason
          : thrown.code
    return { configured: [], tables: {}, problem }
  }
}

async function trustedBy(
  id: string,
  deps: ThirdPartyAuthDeps,
  configuredBy: ConfiguredBy,
): Promise<TrustedIssuer | undefined> {
  const { configured } = await readFile(deps, configuredBy)
  return deps.verifier.deps.registry
    .all()
    .find(({ issuer }) => idOf(issuer, { configured, builtIn: deps.builtIn }) === id)
}

/** Refuses `third-party.invalid` in the words of the start. */
function issuersOf(thirdParty: unknown, builtIn: readonly BuiltInInstance[]): readonly Issuer[] {
  try {
    return parseIssuers(thirdParty, { localIssuers: builtIn })
  } catch (thrown) {
    if (!(thrown instanceof IssuerConfigError)) throw thrown
    const reason = thrown.message.replace(/^Invalid config: /, '')
    const fix = reason.includes('invalid domain') ? clerkDomainFix(domainIn(thirdParty)) : undefined
    throw new Refusal('third-party.invalid', { reason }, { cause: thrown, ...(fix !== undefined && { fix }) })
  }
}

/** The suffix of the instances beside this server resolves nowhere, so that only their own domains can be meant. */
function refuseNowhere(added: readonly Issuer[], builtIn: readonly BuiltInInstance[]): void {
  const lost = added.find(
    ({ issuer }) =>
      issuer?.endsWith('.local.clerk.accounts.dev') === true && !builtIn.some((own) => own.issuer === issuer),
  )
  if (lost === undefined) return
  const domains = builtIn.map(({ issuer }) => issuer.replace('https://', ''))
  const fix = domains.length === 0 ? 'The built-in instances are turned off.' : `Those here are ${domains.join(', ')}.`
  throw new Refusal('third-party.invalid', { reason: `${lost.issuer} is no instance beside this server` }, { fix })
}

function domainIn(thirdParty: unknown): string {
  const { clerk } = thirdParty as { readonly clerk?: { readonly domain?: unknown } }
  return String([clerk?.domain].flat().at(-1))
}

function notInFile(id: string, { builtIn }: ThirdPartyAuthDeps): Refusal {
  const instance = builtIn.find((own) => `built-in:${own.instance}` === id)?.instance
  if (instance === undefined) return unknown(id)
  const fix = `Set connected_to_supabase = false under [clerk.instances.${instance}] and start again.`
  return new Refusal('third-party.built-in', { id, instance }, { fix })
}

function unknown(id: string): Refusal {
  return new Refusal('third-party.unknown', { id }, { fix: 'It may have been removed meanwhile; look again.' })
}

function required(integration: Integration | null, id: string): Integration {
  if (integration === null) throw unknown(id)
  return integration
}
