// A way into a project's database for commands: through the stack that runs, through the address in the
// configuration, or by starting the embedded Postgres for as long as the command takes.

import { bootstrap } from '../../database/bootstrap/bootstrap.ts'
import type { ConnectionSettings, Engine } from '../../database/engines/engine.ts'
import { withClient } from '../../database/engines/with-client.ts'
import type { DatabaseProject } from '../config/project-config.ts'
import { findRunning } from '../running/find-running.ts'
import type { RunState } from '../running/run-state.ts'
import { bootstrapOptions, openEngine } from './open-engine.ts'

type DatabaseUser = 'administrator' | 'owner' | 'clerk'

export interface ProjectDatabase extends AsyncDisposable {
  readonly kind: Engine['kind']
  readonly engine: Pick<Engine, 'owned' | 'passwords'>
  /** How to connect: as the most able user, as role postgres, as the identity provider. */
  settings(as: DatabaseUser): ConnectionSettings
}

/** Opens the database; disposing ends what was started for it. Refuses with `engine.*`. */
export async function openProjectDatabase(config: DatabaseProject): Promise<ProjectDatabase> {
  const running = config.db.url === null ? await findRunning(config.stateDir) : null
  if (running !== null) return throughRunning(running)
  const { engine } = await openEngine(config, () => undefined)
  try {
    await bootstrapOnce(config, engine)
    await engine.checkLogins(['postgres', 'tenon_clerk'])
  } catch (error) {
    await engine.stop()
    throw error
  }
  const settings = connectionsOf(engine)
  return {
    kind: engine.kind,
    engine,
    settings: (as) => settings[as],
    [Symbol.asyncDispose]: () => engine.stop(),
  }
}

/** How commands log in; also kept in the run state, for as long as a server runs. */
export function connectionsOf(engine: Engine): Readonly<Record<DatabaseUser, ConnectionSettings>> {
  return {
    administrator: engine.adminConnection(),
    owner: engine.connection('postgres'),
    clerk: engine.connection('tenon_clerk'),
  }
}

/** A database that was never served has no role postgres yet. */
async function bootstrapOnce(config: DatabaseProject, engine: Engine): Promise<void> {
  await withClient(engine.adminConnection(), (client) => bootstrap(client, bootstrapOptions(config, engine)))
}

function throughRunning({ database }: RunState): ProjectDatabase {
  return {
    kind: database.kind,
    engine: database,
    settings: (as) => database[as],
    [Symbol.asyncDispose]: async () => undefined,
  }
}
