// What is asked before something typed is lost, wherever one is about to leave it.

import { Confirm } from './confirm.tsx'

interface DiscardQuestionProps {
  readonly open: boolean
  /** Where it was typed. */
  readonly within: 'on this page' | 'in this form'
  readonly onDiscard: () => void
  readonly onStay: () => void
}

export function DiscardQuestion({ open, within, onDiscard, onStay }: DiscardQuestionProps) {
  return (
    <Confirm
      open={open}
      title="Discard what you have typed?"
      body={`There are changes ${within} that were not saved.`}
      action="Discard changes"
      danger
      onConfirm={onDiscard}
      onClose={onStay}
    />
  )
}
