// Waits for a channel as an application does.

import { REALTIME_SUBSCRIBE_STATES, type RealtimeChannel } from '@supabase/supabase-js'

/** Subscribes. Resolves once the client says SUBSCRIBED, however often it has to try; `said` hears each status. */
export async function subscribed(channel: RealtimeChannel, said?: (status: string) => void): Promise<void> {
  await new Promise<void>((resolve) =>
    channel.subscribe((status) => {
      said?.(status)
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve()
    }),
  )
}
