// `user_settings.social`: the providers one can sign in with.

import type { AuthenticationSettings } from '../../state/authentication-settings.ts'
import type { Instance } from '../../state/instance.ts'

const names: Readonly<Record<string, string>> = { google: 'Google', github: 'GitHub' }

/** The enabled providers by strategy. */
export function socialOf(_instance: Instance, { social }: AuthenticationSettings): object {
  return Object.fromEntries(
    social.map((key) => [
      `oauth_${key}`,
      {
        enabled: true,
        required: false,
        authenticatable: true,
        block_email_subaddresses: false,
        strategy: `oauth_${key}`,
        not_selectable: false,
        deprecated: false,
        name: names[key] ?? key,
        logo_url: '',
      },
    ]),
  )
}
