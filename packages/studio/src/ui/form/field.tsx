// A label, one control, what helps to fill it in, and what is wrong with it, tied together for whoever cannot see them.

import { createContext, type ReactNode, use, useId } from 'react'

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Says so beside the label. */
  readonly optional?: boolean
  readonly children: ReactNode
}

interface FieldContext {
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

const InField = createContext<FieldContext | null>(null)

/** What a control within a Field has to carry; nothing outside of one. */
export function useFieldProps(): {
  id?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true
} {
  const field = use(InField)
  if (field === null) return {}
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    ...(field.invalid && { 'aria-invalid': true as const }),
  }
}

/** One labelled control. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  const context = { id, describedBy: note === undefined ? undefined : noteId, invalid: error !== undefined }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="flex items-baseline gap-2 text-sm font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-quiet">Optional</span>}
      </label>
      <InField value={context}>{children}</InField>
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? 'text-xs text-quiet' : 'text-xs text-danger'}>
          {note}
        </p>
      )}
    </div>
  )
}
