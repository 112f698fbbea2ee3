// A way into a project's database for commands: through the stack that runs, through the address in the
// configuration, or by starting the embedded Postgres for as long as the command takes.

import { Client } from 'pg'

import { bootstrap } from '../../database/bootstrap/bootstrap.ts'
import type { ConnectionSettings, Engine } from '../../database/engines/engine.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { findRunning } from '../running/find-running.ts'
import type { RunState } from '../running/run-state.ts'
import { bootstrapOptions, openEngine } from './open-engine.ts'

type DatabaseUser = 'administrator' | 'owner'

export interface ProjectDatabase extends AsyncDisposable {
  readonly kind: Engine['kind']
  readonly engine: Pick<Engine, 'owned' | 'passwords'>
  /** A new connection, as the most able user or as role postgres. The caller ends it. */
  connect(as: DatabaseUser): Promise<Client>
}

/** Opens the database; disposing ends what was started for it. Refuses with `engine.*`. */
export async function openProjectDatabase(config: ProjectConfig): Promise<ProjectDatabase> {
  const running = config.db.url === null ? await findRunning(config.stateDir) : null
  if (running !== null) return throughRunning(running)
  const { engine } = await openEngine(config, () => undefined)
  try {
    await bootstrapOnce(config, engine)
    await engine.checkLogins(['postgres'])
  } catch (error) {
    await engine.stop()
    throw error
  }
  const settings = { administrator: engine.adminConnection(), owner: engine.connection('postgres') }
  return {
    kind: engine.kind,
    engine,
    connect: (as) => connectWith(settings[as]),
    [Symbol.asyncDispose]: () => engine.stop(),
  }
}

/** A database that was never served has no role postgres yet. */
async function bootstrapOnce(config: ProjectConfig, engine: Engine): Promise<void> {
  const administrator = await connectWith(engine.adminConnection())
  try {
    await bootstrap(administrator, bootstrapOptions(config, engine))
  } finally {
    await administrator.end()
  }
}

function throughRunning({ database }: RunState): ProjectDatabase {
  return {
    kind: database.kind,
    engine: database,
    connect: (as) => connectWith(database[as]),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

async function connectWith(settings: ConnectionSettings): Promise<Client> {
  const client = new Client(settings)
  await client.connect()
  return client
}
