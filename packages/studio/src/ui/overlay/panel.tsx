// What lies over the page: a dialog in the middle, a sheet at the side. Both keep the focus, and close on Escape.

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'

import { Button } from '../button.tsx'
import { classes } from '../classes.ts'
import { DiscardQuestion } from './discard-question.tsx'
import { useReturnedFocus } from './returned-focus.ts'
import { useTypedGuard } from './typed-guard.ts'

interface PanelProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly description?: ReactNode
  /** Buttons, kept in sight while the content scrolls. */
  readonly footer?: ReactNode
  /** Something was typed that closing would lose: it is asked about first. */
  readonly dirty?: boolean
  readonly children: ReactNode
  readonly className?: string
}

const OVER = 'fixed inset-0 z-40 bg-black/45'
const SIDE = 'fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line bg-surface shadow-xl sm:w-[42rem]'
const MIDDLE =
  'fixed top-1/2 left-1/2 z-40 flex max-h-[90dvh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-line bg-surface shadow-xl'

/** A panel in the middle, for little. */
export function Dialog(props: PanelProps) {
  return <Panel {...props} place={MIDDLE} />
}

/** A panel at the side, for a form. */
export function Sheet(props: PanelProps) {
  return <Panel {...props} place={SIDE} />
}

/** For a footer: leaves as Escape does, so that what was typed is asked about first. */
export function SheetCancel() {
  return (
    <Radix.Close asChild>
      <Button>Cancel</Button>
    </Radix.Close>
  )
}

interface PlacedProps extends PanelProps {
  readonly place: string
}

function Panel({ dirty = false, onClose, ...rest }: PlacedProps) {
  const [asking, setAsking] = useState(false)
  const guard = useTypedGuard(dirty)
  return (
    <>
      <Frame {...rest} onClose={() => (dirty ? setAsking(true) : onClose())} />
      <DiscardQuestion
        open={asking || guard.asked}
        within="in this form"
        onStay={() => {
          setAsking(false)
          guard.stay()
        }}
        onDiscard={() => {
          setAsking(false)
          if (guard.asked) guard.leave()
          else onClose()
        }}
      />
    </>
  )
}

/** Who opens a form goes on to type; the button that closes it comes first in the document, and a space would press it. */
function focusFirstField(event: Event): void {
  const panel = event.currentTarget
  if (!(panel instanceof HTMLElement)) return
  const field = panel.querySelector<HTMLElement>('input:not([type=hidden]):enabled, textarea:enabled')
  if (field === null) return
  event.preventDefault()
  field.focus()
}

function Frame(props: PlacedProps) {
  const { open, onClose, title, description, footer, children, className, place } = props
  const giveBack = useReturnedFocus(open)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={OVER} />
        <Radix.Content
          className={classes(place, className)}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={giveBack}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="text-sm text-quiet">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
