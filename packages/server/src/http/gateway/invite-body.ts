// Callers who wait to be told to send (`Expect: 100-continue`, RFC 9110 §10.1.1).

import type { IncomingMessage, ServerResponse } from 'node:http'

/** Tells the caller to send once a door begins to read the body: one that refuses before has nothing sent to it. */
export function inviteBody(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.expect === undefined) return
  const invite = (event: string | symbol): void => {
    if (event !== 'data' && event !== 'readable') return
    request.off('newListener', invite)
    if (!response.headersSent) response.writeContinue()
  }
  request.on('newListener', invite)
}
