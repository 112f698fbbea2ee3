// Everything under /me that is a person's own account; her organizations have a folder of their own.

import type { FrontendEndpoint } from '../../frontend-request.ts'
import { backupCodeEndpoints } from './backup-codes.ts'
import { emailAddressEndpoints } from './email-addresses.ts'
import { externalAccountEndpoints } from './external-accounts.ts'
import { disabledProfileEndpoints } from './not-enabled.ts'
import { passkeyEndpoints } from './passkeys.ts'
import { passwordEndpoints } from './password.ts'
import { phoneNumberEndpoints } from './phone-numbers.ts'
import { profileImageEndpoints } from './profile-image.ts'
import { profileEndpoints } from './profile.ts'
import { deviceEndpoints } from './sessions.ts'
import { totpEndpoints } from './totp.ts'

export const meEndpoints: readonly FrontendEndpoint[] = [
  ...profileEndpoints,
  ...passwordEndpoints,
  ...profileImageEndpoints,
  ...emailAddressEndpoints,
  ...phoneNumberEndpoints,
  ...totpEndpoints,
  ...backupCodeEndpoints,
  ...externalAccountEndpoints,
  ...passkeyEndpoints,
  ...deviceEndpoints,
  ...disabledProfileEndpoints,
]
