// Asks before another screen would lose what was typed into this one.

import { useBlocker } from '@tanstack/react-router'

import { DiscardQuestion } from './discard-question.tsx'

/** Stands anywhere in a form; `dirty` while something is not saved. Leaving by a link, by Back or by closing the tab is asked about. */
export function KeepTyped({ dirty }: { readonly dirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <DiscardQuestion
      open={status === 'blocked'}
      within="on this page"
      onDiscard={() => proceed?.()}
      onStay={() => reset?.()}
    />
  )
}
