// How the process that set the tests up tells the processes that run them where the test cluster is.

import type { ConnectionSettings } from '../../server/src/database/engines/engine.ts'

export interface TestCluster {
  /** A user that may create databases. */
  readonly admin: ConnectionSettings
  /** Passwords of login roles; a role that is missing is stood in for by `admin`. */
  readonly passwords: Readonly<Record<string, string>>
  /** The bootstrapped database that test databases are copies of. */
  readonly template: string
  /** Begins the name of every database of this run. */
  readonly prefix: string
  /** Test databases belong to role `postgres`, as in a project. */
  readonly owner: string
  readonly jwtSecret: string
}

const variable = 'TENON_TEST_CLUSTER'

export function announceTestCluster(cluster: TestCluster): void {
  process.env[variable] = JSON.stringify(cluster)
}

/** Fails outside the vitest project whose global setup is `start-test-postgres.ts`. */
export function announcedTestCluster(): TestCluster {
  const text = process.env[variable]
  if (text === undefined) throw new Error('No test cluster: name the file x.db.test.ts, or add the global setup.')
  return JSON.parse(text) as TestCluster
}
