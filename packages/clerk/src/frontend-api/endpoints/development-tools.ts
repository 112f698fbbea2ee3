// What components offer a developer in their own place: turning on organizations where they are off.

import { formFlag } from '../../parameters/form.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { bare, type FrontendAnswer, type FrontendEndpoint, type FrontendRequest } from '../frontend-request.ts'

export const developmentToolEndpoints: readonly FrontendEndpoint[] = [
  { method: 'PATCH', path: '/v1/dev_tools/enable_environment_setting', access: 'open', answer: enableSetting },
]

/** Only a development instance lets a page change its settings. */
async function enableSetting({ instance, form }: FrontendRequest): Promise<FrontendAnswer> {
  if (!instance.isDevelopment) {
    throw new ClerkRefusal('request_invalid_for_environment', { environment: 'development' })
  }
  const { organizations } = (await instance.snapshot()).settings
  const personal = formFlag(form, 'organization_allow_personal_accounts')
  await instance.changeSettings({
    organizations: {
      ...organizations,
      enabled: formFlag(form, 'enable_organizations') ?? organizations.enabled,
      forceSelection: personal === undefined ? organizations.forceSelection : !personal,
    },
  })
  return bare({})
}
