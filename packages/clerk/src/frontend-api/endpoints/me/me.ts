// Everything under /me that is a person's own account; her organizations and connected accounts have files of their own.

import type { FrontendEndpoint } from '../../frontend-request.ts'
import { disabledProfileEndpoints } from './not-enabled.ts'
import { passwordEndpoints } from './password.ts'
import { profileEndpoints } from './profile.ts'
import { deviceEndpoints } from './sessions.ts'

export const meEndpoints: readonly FrontendEndpoint[] = [
  ...profileEndpoints,
  ...passwordEndpoints,
  ...deviceEndpoints,
  ...disabledProfileEndpoints,
]
