// What may be done with one key, behind a menu, each asked before it is done.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Confirm } from '../../ui/overlay/confirm.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { type KeyMove, type SigningKey, useMoveKey } from '../queries.ts'
import { moves, movesOf } from './key-moves.ts'

export function KeyActions({ signingKey }: { readonly signingKey: SigningKey }) {
  const [asked, setAsked] = useState<KeyMove | null>(null)
  const change = useMoveKey()
  const possible = movesOf(signingKey)
  const close = () => {
    setAsked(null)
    change.reset()
  }
  if (possible.length === 0 && asked === null) return null
  const { action, title, body, done, danger } = moves[asked ?? 'rotate']
  const act = () => {
    if (asked === null) return
    change.mutate(
      { kid: signingKey.kid, move: asked },
      {
        onSuccess: () => {
          toast.good(done)
          close()
        },
      },
    )
  }
  return (
    <>
      <Menu
        label={`Actions for ${signingKey.kid}`}
        trigger={<Ellipsis aria-hidden />}
        variant="ghost"
        size="icon"
        items={possible.map((move) => ({
          label: moves[move].action,
          danger: moves[move].danger,
          onSelect: () => setAsked(move),
        }))}
      />
      <Confirm
        open={asked !== null}
        title={title}
        body={
          <>
            <p>{body}</p>
            <p className="mt-2 font-mono text-xs break-all">{signingKey.kid}</p>
            <RefusalNote error={change.error} />
          </>
        }
        action={action}
        danger={danger}
        busy={change.isPending}
        onConfirm={act}
        onClose={close}
      />
    </>
  )
}
