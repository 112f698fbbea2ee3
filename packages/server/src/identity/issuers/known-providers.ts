// The five providers Supabase's configuration knows by name: their fields, the issuer each derives, and the
// messages the Supabase CLI gives, word for word (pkg/config of supabase/cli; it says `cognito` for `aws_cognito`).

import { requireResolved, textField, urlField, type IssuerTable } from './config-fields.ts'
import { IssuerConfigError } from './issuer-config-error.ts'
import { normaliseIssuer } from './issuer.ts'

const clerkDomain = /^(clerk([.][a-z0-9-]+){2,}|([a-z0-9-]+[.])+clerk[.]accounts[.]dev)$/

/** An issuer a provider's fields stand for, and where its keys lie should it have no discovery document. */
export interface DerivedIssuer {
  readonly issuer: string
  readonly jwksFallback: string | null
}

type Derive = (table: IssuerTable) => readonly DerivedIssuer[]

/** By table name. Each refuses with IssuerConfigError. */
export const knownProviders: ReadonlyMap<string, Derive> = new Map([
  ['firebase', deriveFirebase],
  ['auth0', deriveAuth0],
  ['aws_cognito', deriveCognito],
  ['clerk', deriveClerk],
  ['workos', deriveWorkos],
])

function requireText(table: IssuerTable, provider: string, field: string): string {
  const value = textField(table, field)
  if (value === '') throw missing(provider, field)
  return value
}

function missing(provider: string, field: string): IssuerConfigError {
  return new IssuerConfigError(`auth.third_party.${provider} is enabled but without a ${field}.`)
}

function oidc(issuer: string): readonly DerivedIssuer[] {
  return [{ issuer, jwksFallback: null }]
}

function deriveFirebase(table: IssuerTable): readonly DerivedIssuer[] {
  return oidc(`https://securetoken.google.com/${requireText(table, 'firebase', 'project_id')}`)
}

function deriveAuth0(table: IssuerTable): readonly DerivedIssuer[] {
  const tenant = requireText(table, 'auth0', 'tenant')
  const region = textField(table, 'tenant_region')
  return oidc(`https://${tenant}${region === '' ? '' : `.${region}`}.auth0.com`)
}

function deriveCognito(table: IssuerTable): readonly DerivedIssuer[] {
  const pool = requireText(table, 'cognito', 'user_pool_id')
  requireResolved(table, 'user_pool_id', pool)
  const region = requireText(table, 'cognito', 'user_pool_region')
  requireResolved(table, 'user_pool_region', region)
  return oidc(`https://cognito-idp.${region}.amazonaws.com/${pool}`)
}

function deriveWorkos(table: IssuerTable): readonly DerivedIssuer[] {
  if (urlField(table, 'issuer_url') === '') throw missing('workos', 'issuer_url')
  return oidc(normaliseIssuer(textField(table, 'issuer_url')))
}

/** Accepts what the CLI takes (a bare host), what the dashboard takes (with scheme), and several of either. */
function deriveClerk(table: IssuerTable): readonly DerivedIssuer[] {
  const domains = Array.isArray(table.fields['domain'])
    ? (table.fields['domain'] as unknown[])
    : [table.fields['domain']]
  if (domains.length === 0) throw missing('clerk', 'domain')
  return domains.map((domain) => {
    const issuer = `https://${clerkHost({ name: table.name, fields: { domain } })}`
    return { issuer, jwksFallback: `${issuer}/.well-known/jwks.json` }
  })
}

function clerkHost(table: IssuerTable): string {
  const given = requireText(table, 'clerk', 'domain')
  requireResolved(table, 'domain', given)
  const host = normaliseIssuer(given.replace(/^https:\/\//, ''))
  if (clerkDomain.test(host)) return host
  throw new IssuerConfigError(
    'auth.third_party.clerk has invalid domain, it usually is like clerk.example.com or example.clerk.accounts.dev. ' +
      'Check https://clerk.com/setup/supabase on how to find the correct value.',
  )
}
