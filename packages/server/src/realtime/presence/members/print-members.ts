// Members as the clients read them: by key, each with its metas (Phoenix' presence format).

import type { Member, MemberDiff } from './member.ts'

/** A payload with `phx_ref`, and `phx_ref_prev` where it took another's place. */
type Meta = Readonly<Record<string, unknown>>

/** The payload of `presence_state`, and each half of a `presence_diff`. Without a prototype: clients choose the keys. */
export type PrintedMembers = Readonly<Record<string, { readonly metas: readonly Meta[] }>>

export function printState(members: Iterable<Member>): PrintedMembers {
  const printed = Object.create(null) as Record<string, { metas: Meta[] }>
  for (const member of members) {
    const group = printed[member.key] ?? { metas: [] }
    group.metas.push(metaOf(member))
    printed[member.key] = group
  }
  return printed
}

/** The payload of `presence_diff`. */
export function printDiff({ joins, leaves }: MemberDiff): {
  readonly joins: PrintedMembers
  readonly leaves: PrintedMembers
} {
  return { joins: printState(joins), leaves: printState(leaves) }
}

/** The refs come last: a payload that has such fields of its own must not pass for another's. */
function metaOf({ payload, ref, previousRef }: Member): Meta {
  const meta: Record<string, unknown> = { ...payload, phx_ref: ref }
  if (previousRef === null) delete meta['phx_ref_prev']
  else meta['phx_ref_prev'] = previousRef
  return meta
}
