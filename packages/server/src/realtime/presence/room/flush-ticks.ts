// When a room's diffs are sent: at once where it was quiet, and merged once per tick where much happens.

import type { Clock } from '../clock.ts'

export interface FlushTicks {
  /** Something changed: sends at once, or with the tick where that is less than a tick after the last time. */
  now(room: Flushed): void
  /** Sends with the next tick. */
  soon(room: Flushed): void
  forget(room: Flushed): void
  close(): void
}

export interface Flushed {
  flush(): void
}

/** Milliseconds. */
const TICK = 50

export function createFlushTicks({ now, after }: Clock): FlushTicks {
  const waiting = new Set<Flushed>()
  const sent = new WeakMap<Flushed, number>()
  let prevent: (() => void) | null = null
  const flush = (room: Flushed): void => {
    waiting.delete(room)
    sent.set(room, now())
    room.flush()
  }
  const tick = (): void => {
    prevent = null
    const due = [...waiting]
    for (const room of due) flush(room)
  }
  const soon = (room: Flushed): void => {
    waiting.add(room)
    prevent ??= after(TICK, tick)
  }
  return {
    soon,
    now(room) {
      if (waiting.has(room)) return
      if (now() - (sent.get(room) ?? Number.NEGATIVE_INFINITY) < TICK) soon(room)
      else flush(room)
    },
    forget: (room) => void waiting.delete(room),
    close() {
      waiting.clear()
      prevent?.()
    },
  }
}
