// A change as a message to those who see the same of it by the same subscriptions.

import { outgoing } from '../../../broadcast/delivery/deliver.ts'
import type { Outgoing } from '../../../sockets/connection.ts'
import { printRawMessage } from '../../../wire/print-message.ts'
import type { ChangeData } from '../payload/change-data.ts'
import type { Audience } from '../routes/audience.ts'

export function changeMessage(
  { ids, topic, view }: Pick<Audience, 'topic' | 'view'> & { readonly ids: readonly number[] },
  data: ChangeData,
  oldRow: 'whole' | 'keys',
): Outgoing {
  const payload = (): string => `{"ids":[${ids.join(',')}],"data":${data.for(view, oldRow)}}`
  return outgoing((vsn) => printRawMessage(vsn, topic, 'postgres_changes', payload()))
}
