// Takes the broadcasts out of the feed of changes, as they are committed.

import type { ChangeFeed } from '../../changes/change.ts'
import type { StoredMessage } from '../stored-message.ts'
import { messagesOfChunk } from './messages-of-chunk.ts'

export interface HearMessages {
  readonly feed: Pick<ChangeFeed, 'listen'>
  /** Tells everybody in the room on this process. False where the message is larger than may be. */
  readonly deliver: (message: StoredMessage) => boolean
  readonly onTooLarge: (message: StoredMessage) => void
}

/** Returns how to stop. Each process hears each commit once, whichever of them reads the log, and tells its own channels. */
export function hearMessages({ feed, deliver, onTooLarge }: HearMessages): () => void {
  return feed.listen((chunk) => {
    for (const message of messagesOfChunk(chunk)) if (!deliver(message)) onTooLarge(message)
  })
}
