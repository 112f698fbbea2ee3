// Asks before another screen would lose what was typed into this one.

import { useBlocker } from '@tanstack/react-router'

import { Confirm } from './confirm.tsx'

/** Stands anywhere in a form; `dirty` while something is not saved. Leaving by a link, by Back or by closing the tab is asked about. */
export function KeepTyped({ dirty }: { readonly dirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <Confirm
      open={status === 'blocked'}
      title="Discard what you have typed?"
      body="There are changes on this page that were not saved."
      action="Discard changes"
      danger
      onConfirm={() => proceed?.()}
      onClose={() => reset?.()}
    />
  )
}
