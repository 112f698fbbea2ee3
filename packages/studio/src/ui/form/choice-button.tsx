// The button that a list of choices opens below; it is described by the field it stands in.

import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'

import { classes } from '../classes.ts'
import { useFieldProps } from './field.tsx'

interface ChoiceButtonProps extends ComponentProps<'button'> {
  readonly open: boolean
  readonly shown: string
  /** What is shown is no choice, but what to do. */
  readonly isHint: boolean
}

/** For `Suggested`, which gives it what opens the list. */
export function ChoiceButton({ open, shown, isHint, className, ...rest }: ChoiceButtonProps) {
  return (
    <button
      {...useFieldProps()}
      {...rest}
      type="button"
      role="combobox"
      aria-expanded={open}
      className={classes(
        'flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm disabled:opacity-55 aria-invalid:border-danger',
        className,
      )}
    >
      <span className={classes('truncate', isHint && 'text-quiet')}>{shown}</span>
      <ChevronsUpDown className="size-4 shrink-0 text-quiet" aria-hidden />
    </button>
  )
}
