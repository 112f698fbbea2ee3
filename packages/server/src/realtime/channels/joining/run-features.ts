// Takes the features of a channel through its life, in their order, and tells each that had joined of the end, once.

import { Fault } from '../../../refusal/fault.ts'
import type { ChannelDeps } from '../talking/channel-deps.ts'
import type { JoinedChannel } from '../joined-channel.ts'

/** Lets each feature join and merges what they say; a channel that ends meanwhile says nothing. Refuses as they do. */
export async function joinFeatures(
  channel: JoinedChannel,
  deps: ChannelDeps,
): Promise<Readonly<Record<string, unknown>> | null> {
  // Clients compare the subscriptions with what they asked for, and take a reply without any for a server that has none.
  const response: Record<string, unknown> = { postgres_changes: [] }
  for (const [index, feature] of deps.features.entries()) {
    Object.assign(response, await feature.join(channel))
    channel.features = channel.isOver ? [feature] : deps.features.slice(0, index + 1)
    if (channel.isOver) {
      leaveFeatures(channel, deps)
      return null
    }
  }
  // All of them: one list for all channels.
  channel.features = deps.features
  return response
}

/** What must follow the reply. */
export function afterJoin(channel: JoinedChannel): void {
  for (const feature of channel.features) feature.joined?.(channel)
}

/** Another token was accepted. */
export async function renewFeatures(channel: JoinedChannel): Promise<void> {
  for (const feature of channel.features) {
    if (channel.isOver) return
    await feature.renewed?.(channel)
  }
}

/** The channel is over: whoever had joined is told, even where one of them breaks. */
export function leaveFeatures(channel: JoinedChannel, { newId, report }: ChannelDeps): void {
  const { features } = channel
  channel.features = []
  for (const feature of features) {
    try {
      feature.left(channel)
    } catch (error) {
      report(new Fault(newId(), error))
    }
  }
}
