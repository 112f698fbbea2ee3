// One of a few that all stand in sight.

import { RadioGroup as Radix } from 'radix-ui'
import { useId } from 'react'

import type { Option } from './select.tsx'

interface RadioGroupProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly Option<Value>[]
}

/** Buttons of which one is chosen, with a label of their own above them. */
export function RadioGroup<Value extends string>({ label, value, onChange, options }: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span id={id} className="text-sm font-medium">
        {label}
      </span>
      <Radix.Root
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next as Value)}
        className="flex flex-wrap gap-x-4 gap-y-1.5 py-1.5"
      >
        {options.map((option) => (
          <Choice key={option.value} {...option} />
        ))}
      </Radix.Root>
    </div>
  )
}

function Choice({ value, label }: Option) {
  const id = useId()
  return (
    <div className="flex items-center gap-2">
      <Radix.Item
        id={id}
        value={value}
        className="flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-[state=checked]:border-brand"
      >
        <Radix.Indicator className="size-2 rounded-full bg-brand" />
      </Radix.Item>
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </div>
  )
}
