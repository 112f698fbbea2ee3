// A way into a project's database for commands: through the stack that runs, through the address in the
// configuration, or by starting the embedded Postgres for as long as the command takes.

import { Client } from 'pg'

import type { ConnectionSettings, Engine, LoginRole } from '../../database/engines/engine.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { findRunning } from '../running/find-running.ts'
import type { RunState } from '../running/run-state.ts'
import { openEngine } from './open-engine.ts'

export interface ProjectDatabase extends AsyncDisposable {
  readonly kind: Engine['kind']
  readonly engine: Pick<Engine, 'owned' | 'passwords'>
  /** A new connection, as the most able user or as one of the project's roles. The caller ends it. */
  connect(as: 'administrator' | LoginRole): Promise<Client>
}

/** Opens the database; disposing ends what was started for it. Refuses with `engine.*`. */
export async function openProjectDatabase(config: ProjectConfig): Promise<ProjectDatabase> {
  const running = config.db.url === null ? await findRunning(config.stateDir) : null
  if (running !== null) return throughRunning(running)
  const { engine } = await openEngine(config, () => undefined)
  const settings = (as: 'administrator' | LoginRole): ConnectionSettings =>
    as === 'administrator' ? engine.adminConnection() : engine.connection(as)
  await engine.checkLogins(['postgres'])
  return {
    kind: engine.kind,
    engine,
    connect: (as) => connectWith(settings(as)),
    [Symbol.asyncDispose]: () => engine.stop(),
  }
}

function throughRunning({ database }: RunState): ProjectDatabase {
  const { administrator, passwords } = database
  return {
    kind: database.kind,
    engine: database,
    connect: (as) =>
      connectWith(as === 'administrator' ? administrator : { ...administrator, user: as, password: passwords[as] }),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

async function connectWith(settings: ConnectionSettings): Promise<Client> {
  const client = new Client(settings)
  await client.connect()
  return client
}
