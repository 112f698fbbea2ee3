// What a person fills in to trust an issuer, read into one table of `[auth.third_party]`. The members of a body are the
// keys of the file; whether they name a usable issuer is judged by the rules of the start.

import { z } from 'zod'

import { clerkHost } from './clerk-host.ts'

/** The providers that Supabase's configuration knows by name, and any other issuer. */
export const integrationTypes = ['clerk', 'firebase', 'auth0', 'aws_cognito', 'workos', 'custom'] as const
export type IntegrationType = (typeof integrationTypes)[number]

const text = z.string().trim().max(2000)
const required = text.min(1, 'must be filled in')
const texts = z.array(required).max(50)

/** What any issuer may be told besides; null takes a key out of the file. */
const rules = {
  default_role: required.nullish(),
  allowed_roles: texts.min(1, 'names at least one role').nullish(),
  audience: texts.nullish(),
  authorized_parties: texts.nullish(),
}

const domain = required.transform(clerkHost)

/** The body of `POST /third-party-auth`. */
export const newEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('clerk'), domain, ...rules }),
  z.object({ type: z.literal('firebase'), project_id: required, ...rules }),
  z.object({ type: z.literal('auth0'), tenant: required, tenant_region: text.optional(), ...rules }),
  z.object({ type: z.literal('aws_cognito'), user_pool_id: required, user_pool_region: required, ...rules }),
  z.object({ type: z.literal('workos'), issuer_url: required, ...rules }),
  z.object({
    type: z.literal('custom'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'begins with a letter and has letters, digits, - and _')
      .optional(),
    issuer_url: text.optional(),
    jwks_url: text.optional(),
    ...rules,
  }),
])
export type NewEntry = z.infer<typeof newEntry>

/** The body of `PATCH /third-party-auth/:id`; a member left out stays as it is. */
export const entryChanges = z
  .object({
    domain,
    project_id: required,
    tenant: required,
    tenant_region: text.nullable(),
    user_pool_id: required,
    user_pool_region: required,
    issuer_url: required.nullable(),
    jwks_url: required.nullable(),
    ...rules,
  })
  .partial()
  .strict()
export type EntryChanges = z.infer<typeof entryChanges>

export type Setting = string | readonly string[] | null | undefined

/** The table an entry goes to, and its keys; what was left empty is left out. */
export function tableOf(entry: NewEntry): {
  readonly name: string
  readonly settings: Readonly<Record<string, Setting>>
} {
  const { type, ...members } = entry
  if (entry.type !== 'custom') return { name: type, settings: filled(members) }
  const { name, ...settings } = members as Omit<Extract<NewEntry, { type: 'custom' }>, 'type'>
  return { name: name ?? nameFor(settings.issuer_url ?? settings.jwks_url ?? ''), settings: filled(settings) }
}

function filled(members: Readonly<Record<string, Setting>>): Readonly<Record<string, Setting>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '' && value !== undefined))
}

/** `https://keycloak.example.com/realms/x` is `keycloak_example_com`. */
function nameFor(url: string): string {
  const host = URL.parse(url)?.hostname ?? 'oidc'
  const name = host.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  return /^[a-z]/.test(name) ? name.slice(0, 63) : `oidc_${name}`.slice(0, 63)
}
