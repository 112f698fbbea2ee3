// One change to everybody it concerns. A channel that hears of it by several subscriptions is sent one frame that names them
// all, as upstream sends it; where no two can be of one channel, whole audiences are written to at once.

import type { Deliver } from '../../../broadcast/rooms.ts'
import type { ChangeData } from '../payload/change-data.ts'
import { type Audience, type Ear, tell } from '../routes/audience.ts'
import { changeMessage } from './change-message.ts'

/** Those whose filter the change fits, and how much of the old row they may see. */
export interface Addressed {
  readonly audience: Audience
  readonly oldRow: 'whole' | 'keys'
}

/** Returns how many frames were written. */
export function sendChange(addressed: readonly Addressed[], data: ChangeData, deliver: Deliver): number {
  if (addressed.length === 1) return addressed.reduce((sum, alone) => sum + sendToAll(alone, data, deliver), 0)
  let frames = 0
  for (const alike of Map.groupBy(addressed, ({ audience }) => audience.topic).values()) {
    const [first] = alike
    if (first !== undefined && alike.length === 1) frames += sendToAll(first, data, deliver)
    else for (const same of alikeInContent(alike)) frames += sendMerged(same, data, deliver)
  }
  return frames
}

function sendToAll({ audience, oldRow }: Addressed, data: ChangeData, deliver: Deliver): number {
  const { id, topic, view } = audience
  audience.send(changeMessage({ ids: [id], topic, view }, data, oldRow), deliver)
  return audience.size
}

/** Frames of other columns are other frames. */
function alikeInContent(addressed: readonly Addressed[]): Iterable<readonly Addressed[]> {
  const byView = Map.groupBy(addressed, ({ audience }) => audience.view)
  return [...byView.values()].flatMap((alike) => [...Map.groupBy(alike, ({ oldRow }) => oldRow).values()])
}

function sendMerged(addressed: readonly Addressed[], data: ChangeData, deliver: Deliver): number {
  const [first] = addressed
  if (first === undefined) return 0
  const idsOf = new Map<Ear, number[]>()
  for (const { audience } of addressed) {
    for (const ear of audience.ears()) {
      const ids = idsOf.get(ear)
      if (ids === undefined) idsOf.set(ear, [audience.id])
      else ids.push(audience.id)
    }
  }
  const { topic, view } = first.audience
  for (const [ids, ears] of Map.groupBy(idsOf.keys(), (ear) => `${idsOf.get(ear)?.join(',')}`)) {
    tell(ears, changeMessage({ ids: ids.split(',').map(Number), topic, view }, data, first.oldRow), deliver)
  }
  return idsOf.size
}
