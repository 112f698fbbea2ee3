// Buttons. One that waits for an answer is `busy`: it says so, and cannot be pressed again.

import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

import { classes } from './classes.ts'

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap motion-safe:transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-brand text-on-brand hover:bg-brand-strong',
        secondary: 'border-line bg-surface text-text hover:bg-sunken',
        ghost: 'border-transparent bg-transparent text-text hover:bg-sunken',
        danger: 'border-transparent bg-danger text-on-danger hover:opacity-90',
      },
      size: { sm: 'h-7 px-2 text-xs', md: 'h-9 px-3 text-sm', icon: 'size-8 p-0' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  readonly busy?: boolean
}

/** A button of one of four weights; `size="icon"` needs an `aria-label`. */
export function Button({
  variant,
  size,
  busy = false,
  disabled,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={busy || disabled}
      aria-busy={busy || undefined}
      className={classes(look({ variant, size }), className)}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
