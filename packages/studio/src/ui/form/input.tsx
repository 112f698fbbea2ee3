// Lines and blocks of text.

import type { ComponentProps } from 'react'

import { classes } from '../classes.ts'
import { useFieldProps } from './field.tsx'

const look =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-text placeholder:text-quiet aria-invalid:border-danger disabled:bg-sunken disabled:text-quiet read-only:bg-sunken'

/** One line. `className` may change it, such as `font-mono` for names and values. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldProps()} autoComplete="off" {...rest} className={classes(look, 'h-9', className)} />
}

/** Several lines. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...useFieldProps()} rows={rows} {...rest} className={classes(look, 'py-1.5', className)} />
}
