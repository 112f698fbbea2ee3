// Things one may do, behind one button.

import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'

import { Button } from '../button.tsx'

export interface MenuItem {
  readonly label: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
  /** A line above it. */
  readonly apart?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  /** The button's name, and its text where there is no `trigger`. */
  readonly label: string
  /** What the button shows. */
  readonly trigger?: ReactNode
  readonly variant?: 'primary' | 'secondary' | 'ghost'
  readonly size?: 'sm' | 'md' | 'icon'
  readonly items: readonly MenuItem[]
}

/** A button that opens a list of actions. */
export function Menu({ label, trigger, variant = 'secondary', size = 'md', items }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>
        <Button variant={variant} size={size} {...(trigger !== undefined && { 'aria-label': label })}>
          {trigger ?? label}
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-lg"
        >
          {items.map((item) => (
            <Fragment key={item.label}>
              {item.apart === true && <Radix.Separator className="my-1 h-px bg-line" />}
              <Radix.Item
                disabled={item.disabled === true}
                onSelect={item.onSelect}
                className={`flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-sm outline-none data-disabled:opacity-55 data-highlighted:bg-sunken [&_svg]:size-4 ${item.danger === true ? 'text-danger' : ''}`}
              >
                {item.icon}
                {item.label}
              </Radix.Item>
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
