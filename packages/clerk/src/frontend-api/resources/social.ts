// `user_settings.social`: the providers one can sign in with.

import { providersOf } from '../../federation/provider.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { Instance } from '../../state/instance/instance.ts'

/** The enabled providers by strategy. Components draw the logo of a custom provider alone; they know the others. */
export function socialOf(instance: Instance, { social }: AuthenticationSettings): object {
  return Object.fromEntries(
    providersOf(instance, social).map(({ key, strategy, name, settings }) => [
      strategy,
      {
        enabled: true,
        required: false,
        authenticatable: true,
        block_email_subaddresses: false,
        strategy,
        not_selectable: false,
        deprecated: false,
        name,
        logo_url: settings.logoUrl ?? `${instance.frontendApiUrl()}/provider-logos/${key}.svg`,
      },
    ]),
  )
}
