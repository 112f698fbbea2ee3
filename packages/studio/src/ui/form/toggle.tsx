// Yes or no.

import { Check } from 'lucide-react'
import { Checkbox as Radix, Switch as RadixSwitch } from 'radix-ui'
import { type ReactNode, useId } from 'react'

interface ToggleProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  /** For a control whose label stands elsewhere, such as in a table's head. */
  readonly hideLabel?: boolean
}

/** A box to tick, with its label at the right. */
export function Checkbox({ label, hint, checked, onChange, disabled = false, hideLabel = false }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded border border-line-strong bg-surface data-[state=checked]:border-transparent data-[state=checked]:bg-brand data-[state=checked]:text-on-brand disabled:opacity-55"
      >
        <Radix.Indicator>
          <Check className="size-3" aria-hidden />
        </Radix.Indicator>
      </Radix.Root>
      <ToggleLabel id={id} label={label} hint={hint} hidden={hideLabel} />
    </div>
  )
}

/** A setting that takes effect, with its label at the right. */
export function Switch({ label, hint, checked, onChange, disabled = false, hideLabel = false }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="mt-0.5 flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-0.5 data-[state=checked]:border-transparent data-[state=checked]:bg-brand disabled:opacity-55"
      >
        <RadixSwitch.Thumb className="size-3.5 rounded-full bg-line-strong motion-safe:transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-brand" />
      </RadixSwitch.Root>
      <ToggleLabel id={id} label={label} hint={hint} hidden={hideLabel} />
    </div>
  )
}

interface ToggleLabelProps {
  readonly id: string
  readonly label: ReactNode
  readonly hint: ReactNode
  readonly hidden: boolean
}

function ToggleLabel({ id, label, hint, hidden }: ToggleLabelProps) {
  return (
    <div className={hidden ? 'sr-only' : 'min-w-0'}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint !== undefined && <p className="text-xs text-quiet">{hint}</p>}
    </div>
  )
}
