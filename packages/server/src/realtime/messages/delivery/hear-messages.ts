// Takes the broadcasts out of the feed of changes, as they are committed.

import type { ChangeFeed } from '../../changes/change.ts'
import type { StoredMessage } from '../stored-message.ts'
import { messagesOfChunk } from './messages-of-chunk.ts'

export interface HearMessages {
  readonly feed: Pick<ChangeFeed, 'listen' | 'state'>
  /** Tells everybody in the room, on every process. False where the message is larger than may be. */
  readonly deliver: (message: StoredMessage) => boolean
  readonly onTooLarge: (message: StoredMessage) => void
}

/** Returns how to stop. Only the process that reads the log delivers: by the bus it reaches the others, too. */
export function hearMessages({ feed, deliver, onTooLarge }: HearMessages): () => void {
  return feed.listen((chunk) => {
    const state = feed.state()
    if (state.kind === 'live' && state.by === 'peer') return
    for (const message of messagesOfChunk(chunk)) if (!deliver(message)) onTooLarge(message)
  })
}
