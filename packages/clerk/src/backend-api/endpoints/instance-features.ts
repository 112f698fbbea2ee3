// Settings of the instance that stand beside its main ones, under paths of their own.

import { type Body, optionalFlag, optionalText, requireBody, texts } from '../../parameters/body.ts'
import { usualScopes } from '../../oauth-server/scopes.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const instanceFeatureEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/protect', answer: protectAnswer },
  { method: 'PATCH', path: '/instance/protect', answer: changeProtect },
  { method: 'GET', path: '/instance/communication', answer: communicationAnswer },
  { method: 'PATCH', path: '/instance/communication', answer: changeCommunication },
  { method: 'GET', path: '/instance/oauth_application_settings', answer: oauthSettingsAnswer },
  { method: 'PATCH', path: '/instance/oauth_application_settings', answer: changeOAuthSettings },
  { method: 'PATCH', path: '/beta_features/instance_settings', answer: changeBetaSettings },
]

/** Clerk's own risk service is not here, so it is off and stays off. */
async function protectAnswer(): Promise<object> {
  return { object: 'instance_protect', rules_enabled: false, specter_enabled: false, checks_bypassed: false }
}

async function changeProtect({ body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['rules_enabled', 'specter_enabled'])
  const wanted = ['rules_enabled', 'specter_enabled'].some((param) => optionalFlag(read, param) === true)
  if (wanted) throw new ClerkRefusal('feature_not_enabled', { feature: 'protect' })
  return protectAnswer()
}

async function communicationAnswer({ instance }: BackendRequest): Promise<object> {
  const { blockedCountryCodes } = (await instance.snapshot()).settings
  return { object: 'instance_communication', blocked_country_codes: blockedCountryCodes }
}

async function changeCommunication(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['blocked_country_codes'])
  const codes = texts(body, 'blocked_country_codes')
  const bad = codes.find((code, index) => !/^[A-Z]{2}$/.test(code) || codes.indexOf(code) < index)
  if (bad !== undefined) {
    throw new ClerkRefusal('form_param_value_invalid', { param: 'blocked_country_codes', value: bad })
  }
  if (Array.isArray(body['blocked_country_codes']))
    await request.instance.changeSettings({ blockedCountryCodes: codes })
  return communicationAnswer(request)
}

async function oauthSettingsAnswer({ instance }: BackendRequest): Promise<object> {
  const { oauthApplications } = (await instance.snapshot()).settings
  return {
    object: 'oauth_application_settings',
    dynamic_oauth_client_registration: oauthApplications.dynamicRegistration,
    default_scopes: usualScopes.split(' '),
    oauth_jwt_access_tokens: false,
    client_id_metadata_documents_advertised: false,
    client_id_metadata_documents_only_allow_pre_registered_clients: false,
    client_id_metadata_documents_block_implicitly_allowed_clients: false,
  }
}

/** Registration can be turned on. Access tokens are opaque, and metadata documents would be fetched from elsewhere. */
async function changeOAuthSettings(request: BackendRequest): Promise<object> {
  const documents = ['advertised', 'only_allow_pre_registered_clients', 'block_implicitly_allowed_clients']
  const fixed = ['oauth_jwt_access_tokens', ...documents.map((name) => `client_id_metadata_documents_${name}`)]
  const body = requireBody(request.body, ['dynamic_oauth_client_registration', 'default_scopes', ...fixed])
  const wanted = fixed.find((param) => optionalFlag(body, param) === true)
  if (wanted !== undefined) throw new ClerkRefusal('feature_not_enabled', { feature: wanted })
  const dynamicRegistration = optionalFlag(body, 'dynamic_oauth_client_registration')
  if (dynamicRegistration !== undefined) {
    await request.instance.changeSettings({ oauthApplications: { dynamicRegistration } })
  }
  return oauthSettingsAnswer(request)
}

async function changeBetaSettings({ instance, body }: BackendRequest): Promise<object> {
  const parameters = ['restricted_to_allowlist', 'from_email_address', 'progressive_sign_up', 'test_mode']
  const read = requireBody(body, parameters)
  const testMode = optionalFlag(read, 'test_mode')
  const allowlist = optionalFlag(read, 'restricted_to_allowlist')
  const before = (await instance.snapshot()).settings
  if (testMode !== undefined) await instance.changeSettings({ testMode })
  if (allowlist !== undefined) await instance.changeSettings({ restrictions: { ...before.restrictions, allowlist } })
  return {
    object: 'instance_settings',
    id: instance.id,
    restricted_to_allowlist: allowlist ?? before.restrictions.allowlist,
    from_email_address: senderOf(read),
    progressive_sign_up: true,
    enhanced_email_deliverability: false,
  }
}

/** The local part of who writes to people. All mail goes to the mailbox of this machine, so it is checked and let go. */
function senderOf(body: Body): string {
  const sender = optionalText(body, 'from_email_address') ?? 'notifications'
  if (/^[A-Za-z0-9]+$/.test(sender)) return sender
  throw new ClerkRefusal('form_param_format_invalid', { param: 'from_email_address', expected: 'letters and digits' })
}
