// Every screen by a few letters of its name: Ctrl+K.

import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'

import { Button } from '../ui/button.tsx'
import { navigation } from './navigation.ts'
import { setTheme, type Theme } from './theme.ts'

const ITEM = 'flex cursor-pointer items-center gap-2 rounded px-3 py-2 text-sm data-[selected=true]:bg-sunken'
const themes: readonly Theme[] = ['light', 'dark', 'system']

/** The button in the top bar, and the dialog it and Ctrl+K open. */
export function CommandPalette() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen((before) => !before && !isCovered())
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Search aria-hidden />
        <span className="sr-only sm:not-sr-only">Search</span>
        <kbd className="hidden rounded border border-line bg-sunken px-1 font-sans text-quiet sm:inline">Ctrl K</kbd>
      </Button>
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-50 bg-black/45" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-xl"
          >
            <Dialog.Title className="sr-only">Go to</Dialog.Title>
            <Choices onDone={() => setOpen(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  )
}

/** Going elsewhere would lose what is typed into a form over the page. */
function isCovered(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null
}

function Choices({ onDone }: { readonly onDone: () => void }) {
  const navigate = useNavigate()
  const go = (to: string) => {
    onDone()
    // The dialog that had the focus is gone; the new screen has it.
    void navigate({ to }).then(() => document.querySelector<HTMLElement>('#content')?.focus())
  }
  return (
    <Command label="Go to">
      <Command.Input
        placeholder="Go to a screen, or change the theme"
        className="w-full border-b border-line bg-transparent px-4 py-3 text-sm outline-none placeholder:text-quiet"
      />
      <Command.List className="max-h-[50dvh] overflow-y-auto p-2">
        <Command.Empty className="p-3 text-sm text-quiet">Nothing of that name.</Command.Empty>
        {navigation.map(({ label, icon: Icon, entries }) =>
          entries.map((entry) => (
            <Command.Item
              key={entry.to}
              value={`${label} ${entry.label} ${entry.words ?? ''}`}
              onSelect={() => go(entry.to)}
              className={ITEM}
            >
              <Icon className="size-4 text-quiet" aria-hidden />
              {entries.length === 1 ? label : `${label} → ${entry.label}`}
            </Command.Item>
          )),
        )}
        {themes.map((theme) => (
          <Command.Item
            key={theme}
            value={`theme ${theme}`}
            className={ITEM}
            onSelect={() => {
              setTheme(theme)
              onDone()
            }}
          >
            Theme: {theme}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
