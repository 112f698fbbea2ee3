// Settings of the instance that stand beside its main ones, under paths of their own.

import { type Body, optionalFlag, optionalText, requireBody, texts } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const instanceFeatureEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/protect', answer: protectAnswer },
  { method: 'PATCH', path: '/instance/protect', answer: changeProtect },
  { method: 'GET', path: '/instance/communication', answer: communicationAnswer },
  { method: 'PATCH', path: '/instance/communication', answer: changeCommunication },
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
