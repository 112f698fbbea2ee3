// Everything under /me that is a person's own account; her organizations and connected accounts have files of their own.

import type { FrontendEndpoint } from '../../frontend-request.ts'
import { backupCodeEndpoints } from './backup-codes.ts'
import { disabledProfileEndpoints } from './not-enabled.ts'
import { passwordEndpoints } from './password.ts'
import { profileImageEndpoints } from './profile-image.ts'
import { profileEndpoints } from './profile.ts'
import { deviceEndpoints } from './sessions.ts'
import { totpEndpoints } from './totp.ts'

export const meEndpoints: readonly FrontendEndpoint[] = [
  ...profileEndpoints,
  ...passwordEndpoints,
  ...profileImageEndpoints,
  ...totpEndpoints,
  ...backupCodeEndpoints,
  ...deviceEndpoints,
  ...disabledProfileEndpoints,
]
