// Asks before something that cannot be taken back.

import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'

import { Button } from '../button.tsx'
import { Field } from '../form/field.tsx'
import { Input } from '../form/input.tsx'
import { useReturnedFocus } from './returned-focus.ts'

interface ConfirmProps {
  readonly open: boolean
  readonly title: ReactNode
  readonly body?: ReactNode
  /** What the button says: the verb of what will happen. */
  readonly action: string
  readonly danger?: boolean
  /** A text that has to be typed first, such as the name of what will be lost. */
  readonly typed?: string
  readonly busy?: boolean
  /** A second way to say yes, which is the better one. */
  readonly other?: { readonly action: string; readonly onChoose: () => void } | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** A question with two answers; the safe one has the focus. */
export function Confirm({ open, onClose, ...rest }: ConfirmProps) {
  const giveBack = useReturnedFocus(open)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-black/45" />
        <Radix.Content
          onCloseAutoFocus={giveBack}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-lg border border-line bg-surface p-5 shadow-xl"
        >
          <Question {...rest} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Question({
  title,
  body,
  action,
  danger = false,
  typed,
  busy = false,
  other,
  onConfirm,
}: Omit<ConfirmProps, 'open' | 'onClose'>) {
  const [text, setText] = useState('')
  return (
    <>
      <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
      <Radix.Description asChild>
        <div className="text-sm text-quiet">{body}</div>
      </Radix.Description>
      {typed !== undefined && (
        <Field label={`Type ${typed} to confirm`}>
          <Input value={text} onChange={(event) => setText(event.target.value)} className="font-mono" />
        </Field>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Radix.Cancel asChild>
          <Button>Cancel</Button>
        </Radix.Cancel>
        <Button
          variant={danger ? 'danger' : 'primary'}
          busy={busy}
          disabled={typed !== undefined && text !== typed}
          onClick={onConfirm}
        >
          {action}
        </Button>
        {other !== undefined && (
          <Button variant="primary" busy={busy} onClick={other.onChoose}>
            {other.action}
          </Button>
        )}
      </div>
    </>
  )
}
