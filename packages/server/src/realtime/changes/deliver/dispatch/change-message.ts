// A change as a message to one audience.

import { outgoing } from '../../../broadcast/delivery/deliver.ts'
import type { Outgoing } from '../../../sockets/connection.ts'
import { printRawMessage } from '../../../wire/print-message.ts'
import type { ChangeData } from '../payload/change-data.ts'
import type { Audience } from '../routes/audience.ts'

export function changeMessage(
  { id, topic, view }: Pick<Audience, 'id' | 'topic' | 'view'>,
  data: ChangeData,
  oldRow: 'whole' | 'keys',
): Outgoing {
  const payload = (): string => `{"ids":[${id}],"data":${data.for(view, oldRow)}}`
  return outgoing((vsn) => printRawMessage(vsn, topic, 'postgres_changes', payload()))
}
