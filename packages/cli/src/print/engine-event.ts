// What happened to Postgres, for whoever watches the terminal.

import type { EngineEvent } from 'tenon'

/** One event in a line or two. */
export function renderEngineEvent(event: EngineEvent): string {
  switch (event.kind) {
    case 'crashed':
      return [`Postgres ended: ${event.reason}. It is started again in ${event.restartIn} ms.`, event.log]
        .filter((line) => line !== '')
        .join('\n')
    case 'restart-failed':
      return `Postgres could not be started again (attempt ${event.attempt}): ${event.reason}. Next try in ${event.restartIn} ms.`
    case 'restarted':
      return `Postgres runs again, after ${Math.round(event.downFor)} ms.`
  }
}
