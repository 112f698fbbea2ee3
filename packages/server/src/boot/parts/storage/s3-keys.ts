// The keys that may sign requests of the S3 protocol, from the configuration and the keys of the project.

import type { S3Keys } from '../../../storage/s3/credentials/s3-keys.ts'
import type { ProjectConfig } from '../../config/project-config.ts'
import { localS3 } from '../../config/read-storage.ts'
import type { ProjectKeys } from '../../project-keys.ts'
import { refusesDevelopmentKeys } from '../../safe-exposure.ts'

/** What self-hosted stacks of upstream call their only project. */
const UPSTREAM_PROJECT = 'stub'

type Configured = Pick<ProjectConfig, 'production' | 'projectId'> & {
  readonly api: Pick<ProjectConfig['api'], 'host' | 'allowDevelopmentKeys'>
  readonly storage: Pick<ProjectConfig['storage'], 's3Protocol'>
}

/** Whoever knows the well-known pair, which is everybody, may use it only where no stranger can. */
export function s3Keys(config: Configured, keys: ProjectKeys): S3Keys {
  const { accessKeyId, secretAccessKey } = config.storage.s3Protocol
  const isWellKnown = secretAccessKey === localS3.secretAccessKey
  return {
    service: isWellKnown && refusesDevelopmentKeys(config) ? null : { accessKeyId, secretAccessKey },
    serviceKey: keys.secret,
    projectIds: [config.projectId, UPSTREAM_PROJECT],
    publicKeys: [keys.legacy.anon, keys.publishable],
  }
}
