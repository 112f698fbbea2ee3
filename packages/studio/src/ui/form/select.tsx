// One of a few.

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'

import { classes } from '../classes.ts'
import { useFieldProps } from './field.tsx'

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string
}

interface SelectProps<Value extends string> {
  /** For a select outside of a Field. */
  readonly label?: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly Option<Value>[]
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly className?: string
}

/** A choice that shows its options when opened. An option's value must not be empty. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, onChange, options, disabled = false, placeholder, className } = props
  const field = useFieldProps()
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        {...field}
        aria-label={label}
        className={classes(
          'inline-flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm aria-invalid:border-danger disabled:opacity-55',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown className="size-4 shrink-0 text-quiet" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-raised shadow-lg"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <SelectOption key={option.value} {...option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function SelectOption({ value, label, hint }: Option) {
  return (
    <Radix.Item
      value={value}
      className="relative flex cursor-pointer flex-col rounded px-7 py-1.5 text-sm outline-none data-highlighted:bg-sunken"
    >
      <Radix.ItemIndicator className="absolute top-2 left-2">
        <Check className="size-4" aria-hidden />
      </Radix.ItemIndicator>
      <Radix.ItemText>{label}</Radix.ItemText>
      {hint !== undefined && <span className="text-xs text-quiet">{hint}</span>}
    </Radix.Item>
  )
}
