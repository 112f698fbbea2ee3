// How long a client may take nothing of an answer. One that asks and does not read would hold its connection, the file it
// is sent from and the bytes under way for ever.

import type { ServerResponse } from 'node:http'

/** Ends the connection where bytes wait and nothing of them is taken for so many milliseconds. */
export function watchAnswer(response: ServerResponse, milliseconds: number): void {
  response.setTimeout(milliseconds, () => {
    const { socket } = response
    // A door may take its time where nothing is left to send.
    if (socket !== null && socket.writableLength > 0) socket.destroy()
  })
}
