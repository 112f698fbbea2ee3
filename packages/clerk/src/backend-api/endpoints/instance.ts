// The endpoints of the instance itself: keys and settings.

import { keySetOf } from '../../tokens/public-jwk.ts'
import type { ChangeableSettings } from '../../state/instance/instance-settings.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'
import { optionalFlag, optionalText, requireBody, sent, texts } from '../../parameters/body.ts'

export const instanceEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/jwks', answer: jwks },
  { method: 'GET', path: '/instance', answer: instanceAnswer },
  { method: 'PATCH', path: '/instance', answer: changeInstance },
  { method: 'GET', path: '/instance/restrictions', answer: restrictionsAnswer },
  { method: 'PATCH', path: '/instance/restrictions', answer: changeRestrictions },
]

async function jwks({ instance }: BackendRequest): Promise<object> {
  return keySetOf((await instance.snapshot()).keys)
}

async function instanceAnswer({ instance }: BackendRequest): Promise<object> {
  const { settings } = await instance.snapshot()
  return {
    object: 'instance',
    id: instance.id,
    environment_type: instance.configured.environment ?? 'development',
    allowed_origins: settings.allowedOrigins,
    workspace_id: null,
  }
}

/** Keeps what shapes this server; the settings that only Clerk's own service has a use for are read and let go. */
async function changeInstance({ instance, body }: BackendRequest): Promise<undefined> {
  const read = requireBody(body, [
    'test_mode',
    'hibp',
    'support_email',
    'clerk_js_version',
    'development_origin',
    'allowed_origins',
    'cookieless_dev',
    'url_based_session_syncing',
    'enhanced_email_deliverability',
    'preferred_sign_in_strategy_when_password_required',
  ])
  await instance.changeSettings(
    sent({
      testMode: optionalFlag(read, 'test_mode'),
      supportEmail: optionalText(read, 'support_email'),
      allowedOrigins: read['allowed_origins'] === undefined ? undefined : texts(read, 'allowed_origins'),
    }),
  )
}

async function changeRestrictions({ instance, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, [
    'allowlist',
    'blocklist',
    'block_email_subaddresses',
    'block_disposable_email_domains',
    'ignore_dots_for_gmail_addresses',
    'allowlist_blocklist_disabled_on_sign_in',
  ])
  const { settings } = await instance.snapshot()
  const restrictions = {
    ...settings.restrictions,
    ...sent({
      allowlist: optionalFlag(read, 'allowlist'),
      blocklist: optionalFlag(read, 'blocklist'),
      blockEmailSubaddresses: optionalFlag(read, 'block_email_subaddresses'),
      blockDisposableEmailDomains: optionalFlag(read, 'block_disposable_email_domains'),
      ignoreDotsForGmailAddresses: optionalFlag(read, 'ignore_dots_for_gmail_addresses'),
      allowlistBlocklistDisabledOnSignIn: optionalFlag(read, 'allowlist_blocklist_disabled_on_sign_in'),
    }),
  }
  await instance.changeSettings({ restrictions })
  return restrictionsResource(restrictions)
}

/** Our own: Clerk's API only writes them. */
async function restrictionsAnswer({ instance }: BackendRequest): Promise<object> {
  return restrictionsResource((await instance.snapshot()).settings.restrictions)
}

function restrictionsResource(restrictions: ChangeableSettings['restrictions']): object {
  return {
    object: 'instance_restrictions',
    allowlist: restrictions.allowlist,
    blocklist: restrictions.blocklist,
    allowlist_blocklist_disabled_on_sign_in: restrictions.allowlistBlocklistDisabledOnSignIn,
    block_email_subaddresses: restrictions.blockEmailSubaddresses,
    block_disposable_email_domains: restrictions.blockDisposableEmailDomains,
    ignore_dots_for_gmail_addresses: restrictions.ignoreDotsForGmailAddresses,
  }
}
