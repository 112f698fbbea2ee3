// The trusted issuers as people read them: what each is, whether its keys can be had, and what its tokens were.

import { type Issuer, issuerLabel } from '../../../../identity/issuers/issuer.ts'
import type { TrustedIssuer } from '../../../../identity/keys/issuer-registry.ts'
import type { IssuerSighting } from '../../../../identity/sightings/issuer-sightings.ts'
import type { IntegrationType } from '../entries/entry.ts'
import { inferType } from './infer-type.ts'
import { iso, type ReportedCheck, reportCheck, type ReportedKey, reportKeys } from './report-check.ts'

/** One integration on the wire. */
export interface Integration {
  /** The name of its table, with the host behind it where the table names several; `built-in:…` where the file names none. */
  readonly id: string
  readonly name: string
  readonly type: IntegrationType
  readonly issuer: string | null
  readonly keysFrom: 'discovery' | 'jwks-url' | 'file' | 'this-machine'
  /** Its keys in the file. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly allowedRoles: readonly string[]
  readonly defaultRole: string | null
  /** Null for an issuer elsewhere. */
  readonly builtIn: { readonly instance: string; readonly connected: boolean; readonly inFile: boolean } | null
  readonly check: ReportedCheck
  readonly keys: readonly ReportedKey[]
  /** Since the server started. */
  readonly tokens: {
    readonly lastSeen: string | null
    readonly accepted: number
    readonly withoutRole: number
    readonly refused: readonly { readonly code: string; readonly reason: string; readonly count: number }[]
  }
  readonly monthlyActiveUsers: number
}

/** An instance of the identity provider beside this server. */
export interface BuiltInInstance {
  readonly instance: string
  readonly issuer: string
  readonly jwksUrl: string
  /** Connected: trusted without an entry of the file. */
  readonly trusted: boolean
}

export interface ReportFacts {
  readonly trusted: readonly TrustedIssuer[]
  /** The issuers that the file names. */
  readonly configured: readonly Issuer[]
  /** The tables of the file. */
  readonly tables: Readonly<Record<string, unknown>>
  readonly builtIn: readonly BuiltInInstance[]
  readonly sightings: Readonly<Record<string, IssuerSighting>>
  /** People of this month by issuer label. */
  readonly activeUsers: ReadonlyMap<string, number>
}

/** All of them, those of the file first. */
export function reportIntegrations(facts: ReportFacts): readonly Integration[] {
  const all = facts.trusted.map((trusted) => report(trusted, facts))
  return [...all].sort((one, other) => Number(one.builtIn?.inFile === false) - Number(other.builtIn?.inFile === false))
}

function report({ issuer, keys }: TrustedIssuer, facts: ReportFacts): Integration {
  const inFile = facts.configured.some((other) => same(other, issuer))
  const builtIn = facts.builtIn.find((instance) => instance.issuer === issuer.issuer)
  const known = keys.report()
  return {
    id: idOf(issuer, facts),
    name: issuer.name,
    type: inferType(issuer),
    issuer: issuer.issuer,
    keysFrom: builtIn !== undefined ? 'this-machine' : issuer.keys.kind === 'inline' ? 'file' : issuer.keys.kind,
    settings: inFile ? settingsOf(issuer.name, facts) : {},
    allowedRoles: issuer.allowedRoles,
    defaultRole: issuer.defaultRole,
    builtIn: builtIn === undefined ? null : { instance: builtIn.instance, connected: builtIn.trusted, inFile: inFile },
    check: reportCheck(known),
    keys: reportKeys(known),
    tokens: reportTokens(facts.sightings[issuerLabel(issuer)]),
    monthlyActiveUsers: facts.activeUsers.get(issuerLabel(issuer)) ?? 0,
  }
}

/** The id of a trusted issuer among all. */
export function idOf(issuer: Issuer, { configured, builtIn }: Pick<ReportFacts, 'configured' | 'builtIn'>): string {
  if (!configured.some((other) => same(other, issuer))) {
    const instance = builtIn.find((own) => own.issuer === issuer.issuer)?.instance
    return instance === undefined ? issuer.name : `built-in:${instance}`
  }
  const alone = configured.filter(({ name }) => name === issuer.name).length === 1
  return alone ? issuer.name : `${issuer.name}:${URL.parse(issuer.issuer ?? '')?.host ?? ''}`
}

function same(one: Issuer, other: Issuer): boolean {
  return one.name === other.name && one.issuer === other.issuer
}

function settingsOf(name: string, { tables }: ReportFacts): Readonly<Record<string, unknown>> {
  const table = tables[name]
  return typeof table === 'object' && table !== null ? (table as Readonly<Record<string, unknown>>) : {}
}

function reportTokens(seen: IssuerSighting | undefined): Integration['tokens'] {
  const refused = Object.entries(seen?.refused ?? {}).map(([code, count]) => ({
    code,
    reason: code.replace(/^token\./, '').replaceAll('-', ' '),
    count,
  }))
  return {
    lastSeen: iso(seen?.lastSeen ?? null),
    accepted: seen?.accepted ?? 0,
    withoutRole: seen?.withoutRole ?? 0,
    refused: refused.sort((one, other) => other.count - one.count),
  }
}
