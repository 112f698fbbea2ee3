// What each provider is asked for, under the names that its own pages use.

import type { IntegrationType } from '../integration.ts'

export interface EntryField {
  /** The key of the configuration. */
  readonly key: string
  readonly label: string
  readonly hint: string
  readonly placeholder?: string
  readonly optional?: boolean
  /** Several, separated by commas. */
  readonly list?: boolean
}

export interface Provider {
  readonly type: IntegrationType
  readonly label: string
  readonly fields: readonly EntryField[]
}

/** What any issuer may be told besides. */
export const ruleFields: readonly EntryField[] = [
  {
    key: 'default_role',
    label: 'Default role',
    hint: 'For tokens without a role claim, which otherwise count as anon. Usually authenticated.',
    placeholder: 'anon',
    optional: true,
  },
  {
    key: 'allowed_roles',
    label: 'Allowed roles',
    hint: 'The Postgres roles its tokens may name, separated by commas.',
    placeholder: 'authenticated, anon',
    optional: true,
    list: true,
  },
  {
    key: 'audience',
    label: 'Audience',
    hint: 'Values of the aud claim that are accepted, separated by commas. Empty accepts any.',
    optional: true,
    list: true,
  },
]

/** In the order of the menu. */
export const providers: readonly Provider[] = [
  {
    type: 'firebase',
    label: 'Firebase',
    fields: [{ key: 'project_id', label: 'Firebase Project ID', hint: 'In Firebase under Project settings.' }],
  },
  {
    type: 'clerk',
    label: 'Clerk',
    fields: [
      {
        key: 'domain',
        label: 'Clerk Domain',
        hint: 'In Clerk under Connect with Supabase, with or without https://.',
        placeholder: 'https://example.clerk.accounts.dev',
      },
    ],
  },
  {
    type: 'workos',
    label: 'WorkOS',
    fields: [
      {
        key: 'issuer_url',
        label: 'WorkOS Issuer URL',
        hint: 'The iss claim of its tokens.',
        placeholder: 'https://api.workos.com/user_management/client_…',
      },
    ],
  },
  {
    type: 'auth0',
    label: 'Auth0',
    fields: [
      { key: 'tenant', label: 'Auth0 tenant', hint: 'The first part of its domain.', placeholder: 'my-tenant' },
      {
        key: 'tenant_region',
        label: 'Tenant region',
        hint: 'The second part, where there is one: eu, au, us-1 …',
        placeholder: 'eu',
        optional: true,
      },
    ],
  },
  {
    type: 'aws_cognito',
    label: 'Amazon Cognito',
    fields: [
      {
        key: 'user_pool_id',
        label: 'User pool ID',
        hint: 'In AWS under User pools.',
        placeholder: 'eu-west-1_Example',
      },
      { key: 'user_pool_region', label: 'Region', hint: 'Of the user pool.', placeholder: 'eu-west-1' },
    ],
  },
  {
    type: 'custom',
    label: 'Custom OIDC',
    fields: [
      {
        key: 'issuer_url',
        label: 'Issuer URL',
        hint: 'The iss claim of its tokens; its keys are found by OpenID discovery below it.',
        placeholder: 'https://keycloak.example.com/realms/main',
        optional: true,
      },
      {
        key: 'jwks_url',
        label: 'JWKS URL',
        hint: 'Where its keys lie, for an issuer without discovery document.',
        placeholder: 'https://example.com/.well-known/jwks.json',
        optional: true,
      },
      {
        key: 'name',
        label: 'Name',
        hint: 'Of its table in supabase/config.toml. Left empty, it is made of the host.',
        placeholder: 'keycloak',
        optional: true,
      },
      ...ruleFields,
    ],
  },
]

export function providerOf(type: IntegrationType): Provider {
  const provider = providers.find((each) => each.type === type)
  if (provider === undefined) throw new Error(`there is no provider ${type}`)
  return provider
}
