// The mirror's tables come before the project's migrations, which may refer to them.

import type { ClientBase } from 'pg'

import { layTables } from '../../mirror/lay-tables.ts'
import type { MirrorConfig } from '../config/project-config.ts'

/** Makes what is missing, where the project keeps a mirror. True where it is new, and so empty. */
export async function layMirror(owner: ClientBase, { enabled, schema }: MirrorConfig): Promise<boolean> {
  return enabled && (await layTables(owner, schema))
}
