import { describe, expect, it } from 'vitest'
import { parseIssuers } from './parse-issuers.ts'

const issuersOf = (thirdParty: unknown): (string | null)[] => parseIssuers(thirdParty).map(({ issuer }) => issuer)

describe('the five known providers derive their issuer', () => {
  it.each([
    [{ clerk: { enabled: true, domain: 'clerk.example.com' } }, 'https://clerk.example.com'],
    [
      { clerk: { enabled: true, domain: 'https://fit-cat-1.clerk.accounts.dev/' } },
      'https://fit-cat-1.clerk.accounts.dev',
    ],
    [{ firebase: { enabled: true, project_id: 'p1' } }, 'https://securetoken.google.com/p1'],
    [{ auth0: { enabled: true, tenant: 't' } }, 'https://t.auth0.com'],
    [{ auth0: { enabled: true, tenant: 't', tenant_region: 'eu' } }, 'https://t.eu.auth0.com'],
    [
      { aws_cognito: { enabled: true, user_pool_id: 'eu-1_x', user_pool_region: 'eu-1' } },
      'https://cognito-idp.eu-1.amazonaws.com/eu-1_x',
    ],
    [{ workos: { enabled: true, issuer_url: 'https://api.workos.com/x/' } }, 'https://api.workos.com/x'],
  ])('%j → %s', (config, issuer) => {
    expect(issuersOf(config)).toEqual([issuer])
  })
})

describe('a broken entry stops the start with a message that names it', () => {
  it.each([
    [{ clerk: { enabled: true } }, 'Invalid config: auth.third_party.clerk is enabled but without a domain.'],
    [
      { clerk: { enabled: true, domain: '' } },
      'Invalid config: auth.third_party.clerk is enabled but without a domain.',
    ],
    [
      { clerk: { enabled: true, domain: [] } },
      'Invalid config: auth.third_party.clerk is enabled but without a domain.',
    ],
    [
      { clerk: { enabled: true, domain: 'example.com' } },
      'Invalid config: auth.third_party.clerk has invalid domain, it usually is like clerk.example.com or example.clerk.accounts.dev. Check https://clerk.com/setup/supabase on how to find the correct value.',
    ],
    [
      { clerk: { enabled: true, domain: 'env(CLERK_DOMAIN)' } },
      'Invalid config: auth.third_party.clerk.domain reads env(CLERK_DOMAIN), but the environment variable CLERK_DOMAIN is unset.',
    ],
    [{ firebase: { enabled: true } }, 'Invalid config: auth.third_party.firebase is enabled but without a project_id.'],
    [{ auth0: { enabled: true } }, 'Invalid config: auth.third_party.auth0 is enabled but without a tenant.'],
    [
      { aws_cognito: { enabled: true } },
      'Invalid config: auth.third_party.cognito is enabled but without a user_pool_id.',
    ],
    [
      { aws_cognito: { enabled: true, user_pool_id: 'x' } },
      'Invalid config: auth.third_party.cognito is enabled but without a user_pool_region.',
    ],
    [{ workos: { enabled: true } }, 'Invalid config: auth.third_party.workos is enabled but without a issuer_url.'],
    [
      { keycloak: {} },
      'Invalid config: auth.third_party.keycloak is enabled but without an issuer_url, a jwks_url or jwks.',
    ],
    [
      { keycloak: { issuer_url: 'http://id.example.com' } },
      'Invalid config: auth.third_party.keycloak.issuer_url must be an https URL (plain http only on loopback).',
    ],
    [
      { keycloak: { jwks: '{"keys":[]}' } },
      'Invalid config: auth.third_party.keycloak.jwks must be a JSON Web Key Set with at least one key.',
    ],
    [
      { keycloak: { issuer_url: 'https://id', allowed_roles: [1] } },
      'Invalid config: auth.third_party.keycloak.allowed_roles must be a string or an array of strings.',
    ],
    [
      { keycloak: { issuer_url: 'https://id', allowed_roles: ['editor'], default_role: 'reader' } },
      'Invalid config: auth.third_party.keycloak.default_role "reader" is missing from its allowed_roles.',
    ],
    [
      { a: { issuer_url: 'https://id/' }, b: { issuer_url: 'https://id' } },
      'Invalid config: auth.third_party.a and auth.third_party.b both name https://id.',
    ],
    ['nonsense', 'Invalid config: auth.third_party must be a table.'],
    [{ clerk: true }, 'Invalid config: auth.third_party.clerk must be a table.'],
  ])('%j', (config, message) => {
    expect(() => parseIssuers(config)).toThrow(message)
  })
})

it('a known provider that does not say enabled is off, as upstream, and is not validated', () => {
  expect(issuersOf({ clerk: { domain: 'nonsense' }, auth0: { enabled: false } })).toEqual([])
})

it('several providers, and several Clerk domains, are trusted at the same time', () => {
  const config = {
    clerk: { enabled: true, domain: ['clerk.example.com', 'https://dev.clerk.accounts.dev'] },
    firebase: { enabled: true, project_id: 'p' },
    keycloak: { issuer_url: 'https://id.example.com/realms/x' },
  }
  expect(issuersOf(config)).toEqual([
    'https://clerk.example.com',
    'https://dev.clerk.accounts.dev',
    'https://securetoken.google.com/p',
    'https://id.example.com/realms/x',
  ])
})

it('an issuer of its own form carries its rules', () => {
  const jwks = { keys: [{ kty: 'OKP' }] }
  const [issuer] = parseIssuers({
    mine: {
      jwks: JSON.stringify(jwks),
      allowed_roles: ['editor'],
      default_role: 'editor',
      audience: 'api',
      authorized_parties: ['http://app'],
    },
  })
  expect(issuer).toEqual({
    kind: 'issuer',
    name: 'mine',
    issuer: null,
    keys: { kind: 'inline', jwks },
    allowedRoles: ['editor'],
    defaultRole: 'editor',
    audience: ['api'],
    authorizedParties: ['http://app'],
    cooldown: 30,
  })
})

describe('a local issuer', () => {
  const local = {
    issuer: 'https://p.local.clerk.accounts.dev',
    jwksUrl: 'http://127.0.0.1:54325/.well-known/jwks.json',
  }

  it('is trusted without configuration and read from this machine', () => {
    expect(parseIssuers(undefined, { localIssuers: [local] })).toMatchObject([
      { issuer: local.issuer, keys: { kind: 'jwks-url', url: local.jwksUrl }, allowedRoles: ['authenticated', 'anon'] },
    ])
  })

  it('merges with the entry of the same domain, which lends it its rules', () => {
    const clerk = { enabled: true, domain: 'p.local.clerk.accounts.dev', allowed_roles: ['authenticated', 'editor'] }
    expect(parseIssuers({ clerk }, { localIssuers: [local] })).toMatchObject([
      { keys: { kind: 'jwks-url', url: local.jwksUrl }, allowedRoles: ['authenticated', 'editor'] },
    ])
  })
})
