// The areas that change the project's file, each with what of the running server has to follow.

import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import type { PlatformDatabase } from '../../platform/database/platform-database.ts'
import type { PlatformArea } from '../../platform/platform-door.ts'
import { settingsArea } from '../../platform/project/settings/settings-area.ts'
import { signingKeysArea } from '../../platform/trust/signing-keys/signing-keys-area.ts'
import { thirdPartyAuthArea } from '../../platform/trust/third-party-auth/third-party-auth-area.ts'
import { openConfigFile } from '../config-file/config-file.ts'
import { openKeysFile } from '../config-file/keys-file.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import type { ProjectKeys } from '../project-keys.ts'
import type { LiveRest } from './live-rest.ts'
import { builtInInstances, type OpenIdentity } from './open-identity.ts'
import { apiUrl } from './url-host.ts'

interface SettingsParts {
  readonly config: ProjectConfig
  readonly keys: ProjectKeys
  readonly identity: OpenIdentity
  readonly rest: LiveRest
  readonly catalog: Pick<CatalogKeeper, 'reload'>
  readonly database: PlatformDatabase
}

const now = (): number => Date.now() / 1000

/** One file, and so one writer of it. */
export function settingsAreas(parts: SettingsParts): readonly PlatformArea[] {
  const { config: project, keys, identity, rest, catalog, database } = parts
  const { projectDir, supabaseDir: folder, auth, api } = project
  const config = openConfigFile({ projectDir, environment: process.env })
  const { verifier, activeUsers, own } = identity
  const { jwtSecret, publishable, secret, legacy } = keys
  return [
    thirdPartyAuthArea({ config, verifier, activeUsers, builtIn: builtInInstances(project), now }),
    settingsArea({
      config,
      database,
      keys: { publishable, secret, ...legacy, jwtSecret },
      url: apiUrl(api),
      current: () => rest.current(),
      apply: async (next) => await rest.change(next, async () => await catalog.reload()),
    }),
    signingKeysArea({ own, file: openKeysFile({ config, folder, configured: auth.signingKeysPath }), now }),
  ]
}
