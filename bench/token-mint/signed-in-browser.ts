// A browser on which somebody is signed in on the running instance. Signing in is not what is measured, so its rows are
// written as the instance writes them, over the instance's own connection.

import { join } from 'node:path'

import { openSession } from '../../packages/clerk/src/directory/sessions/open-session.ts'
import { insertClient } from '../../packages/clerk/src/state/sessions/clients.ts'
import { openDatabase } from '../../packages/clerk/src/state/database/database.ts'
import { storeOf } from '../../packages/clerk/src/state/database/store.ts'
import { readRunState } from '../../packages/server/src/boot/running/run-state.ts'
import { connectionUrl } from '../../packages/server/src/database/engines/engine.ts'
import type { LoadTarget } from '../load/http-load.ts'
import type { Project } from '../rest-read/whole-server.ts'
import type { SignedInPerson } from './signed-in-person.ts'

/** Hands back the request by which the browser's script gets a fresh session token. */
export async function mintThroughFrontendApi(project: Project, person: SignedInPerson): Promise<LoadTarget> {
  const run = readRunState(join(project.folder, '.tenon'))
  if (run === null) throw new Error('the server does not say how it reaches its database')
  const own = openDatabase(connectionUrl(run.database.clerk), () => undefined)
  try {
    const [instance] = await own.query<{ id: string }>(`select id from clerk.instances where name = 'default'`)
    const store = storeOf(own, { instanceId: instance?.id ?? '', now: Date.now, imageUrlOf: (id) => id })
    const { client, token } = await insertClient(store)
    const { userId, organizationId } = person
    const sessionId = await openSession(store, { userId, activeOrganizationId: organizationId, clientId: client.id })
    return {
      ...person.mint,
      path: `/v1/client/sessions/${sessionId}/tokens`,
      headers: {
        cookie: `__client=${token}`,
        origin: 'http://localhost:3000',
        'content-type': 'application/x-www-form-urlencoded',
      },
      sent: '',
    }
  } finally {
    await own.close()
  }
}
