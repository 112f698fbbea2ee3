// The endpoints of the instance itself: keys and settings.

import type { ChangeableSettings } from '../../state/instance-settings.ts'
import { requireRoleKey } from '../../state/roles.ts'
import { keySetOf } from '../../tokens/public-jwk.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'
import { optionalFlag, optionalInteger, optionalText, requireBody, texts } from '../../parameters/body.ts'

export const instanceEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/jwks', answer: jwks },
  { method: 'GET', path: '/instance', answer: instanceAnswer },
  { method: 'PATCH', path: '/instance', answer: changeInstance },
  { method: 'PATCH', path: '/instance/restrictions', answer: changeRestrictions },
  { method: 'GET', path: '/instance/organization_settings', answer: organizationSettingsAnswer },
  { method: 'PATCH', path: '/instance/organization_settings', answer: changeOrganizationSettings },
]

const mostMembers = 1_000_000

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

async function organizationSettingsAnswer({ instance }: BackendRequest): Promise<object> {
  const { organizations } = (await instance.snapshot()).settings
  return {
    object: 'organization_settings',
    enabled: organizations.enabled,
    max_allowed_memberships: organizations.maxAllowedMemberships,
    max_allowed_roles: 10,
    max_role_sets_allowed: 1,
    max_allowed_permissions: 50,
    max_allowed_domains: 10,
    creator_role: organizations.creatorRole,
    admin_delete_enabled: organizations.adminDeleteEnabled,
    domains_enabled: false,
    slug_disabled: false,
    domains_enrollment_modes: [],
    domains_default_role: 'org:member',
    initial_role_set_key: null,
  }
}

async function changeOrganizationSettings(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const body = requireBody(request.body, [
    'enabled',
    'max_allowed_memberships',
    'admin_delete_enabled',
    'creator_role_id',
    'domains_enabled',
    'domains_enrollment_modes',
    'domains_default_role_id',
    'slug_disabled',
    'initial_role_set_key',
  ])
  const creatorRoleId = optionalText(body, 'creator_role_id')
  const { settings } = await instance.snapshot()
  const organizations: ChangeableSettings['organizations'] = {
    ...settings.organizations,
    ...sent({
      enabled: optionalFlag(body, 'enabled'),
      maxAllowedMemberships: optionalInteger(body, 'max_allowed_memberships', 0, mostMembers) ?? undefined,
      adminDeleteEnabled: optionalFlag(body, 'admin_delete_enabled'),
      creatorRole: creatorRoleId ? await requireRoleKey(store, creatorRoleId) : undefined,
    }),
  }
  await instance.changeSettings({ organizations })
  return organizationSettingsAnswer(request)
}

type Sent<Change> = { [Key in keyof Change]?: Exclude<Change[Key], undefined> }

/** The entries of a change that the request really sent. */
function sent<Change extends object>(change: Change): Sent<Change> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Sent<Change>
}
