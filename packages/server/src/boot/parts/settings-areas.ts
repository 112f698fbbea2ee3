// The areas that change the project's file, each with what of the running server has to follow.

import type { PlatformDatabase } from '../../platform/database/platform-database.ts'
import type { PlatformArea } from '../../platform/platform-door.ts'
import { thirdPartyAuthArea } from '../../platform/third-party-auth/third-party-auth-area.ts'
import { openConfigFile } from '../config-file/config-file.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { builtInInstances, type OpenIdentity } from './open-identity.ts'

interface SettingsParts {
  readonly config: ProjectConfig
  readonly identity: OpenIdentity
  readonly database: PlatformDatabase
}

const now = (): number => Date.now() / 1000

/** One file, and so one writer of it. */
export function settingsAreas({ config: project, identity }: SettingsParts): readonly PlatformArea[] {
  const config = openConfigFile({ projectDir: project.projectDir, environment: process.env })
  const { verifier, activeUsers } = identity
  return [thirdPartyAuthArea({ config, verifier, activeUsers, builtIn: builtInInstances(project), now })]
}
