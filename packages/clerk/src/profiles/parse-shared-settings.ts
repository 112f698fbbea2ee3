// Settings of an instance from a configuration file, laid over a profile.

import { parseProviders } from '../federation/parse-providers.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { defaultAuthentication } from '../state/instance/authentication-settings.ts'
import { defaultOrganizations, tokenVersions } from '../state/instance/instance-settings.ts'
import { isJsonObject, type JsonObject } from '../tokens/json.ts'
import type { SharedSettings } from './profile.ts'
import { type Choices, readGiven } from './read-given.ts'

const asked = ['off', 'optional', 'required']

const authenticationChoices: Choices = {
  'email_address.asked': asked,
  'email_address.strategies': ['email_code', 'email_link'],
  'phone_number.asked': asked,
  'username.asked': asked,
  first_name: asked,
  last_name: asked,
  password: asked,
  sign_up_mode: ['public', 'restricted', 'waitlist'],
  preferred_strategy: ['password', 'otp'],
}

const organizationChoices: Choices = {
  enrollment_modes: ['manual_invitation', 'automatic_invitation', 'automatic_suggestion'],
}

/** The form of the settings that are no tables; its values are never used. */
const singleSettings: Omit<
  Required<SharedSettings>,
  'authentication' | 'organizations' | 'sessionClaims' | 'oidcProviders'
> = {
  tokenVersion: 'v2',
  legacyOrganizationClaims: false,
  connectedToSupabase: false,
  applicationName: '',
  allowedOrigins: [],
}

/**
 * Reads `authentication`, `organizations`, `session_claims`, `token_version`, `legacy_organization_claims`,
 * `connected_to_supabase`, `application_name`, `allowed_origins` and `oidc`, each optional, over `base`. Refuses
 * `option_invalid` and names the setting below `where`.
 */
export function parseSharedSettings(
  given: Readonly<Record<string, unknown>>,
  base: SharedSettings,
  where: string,
): SharedSettings {
  const { authentication, organizations, session_claims: claims, oidc, ...single } = given
  const at = (below: string, choices: Choices) => ({ where: `${where}${below}`, name: '', choices })
  return {
    ...base,
    ...readGiven(single, singleSettings, at('', { token_version: tokenVersions })),
    ...(claims !== undefined && { sessionClaims: requireTable(claims, `${where}.session_claims`) }),
    ...(oidc !== undefined && { oidcProviders: parseProviders(oidc, `${where}.oidc`) }),
    ...(authentication !== undefined && {
      authentication: {
        ...base.authentication,
        ...readGiven(
          authentication,
          { ...defaultAuthentication, ...base.authentication },
          at('.authentication', authenticationChoices),
        ),
      },
    }),
    ...(organizations !== undefined && {
      organizations: {
        ...base.organizations,
        ...readGiven(
          organizations,
          { ...defaultOrganizations, ...base.organizations },
          at('.organizations', organizationChoices),
        ),
      },
    }),
  }
}

function requireTable(value: unknown, where: string): JsonObject {
  if (isJsonObject(value)) return value
  throw new ClerkRefusal('option_invalid', { option: where, expected: 'a table' })
}
