// The frame around every screen: the way to the others at the left, or behind a button where there is little room.

import { Outlet } from '@tanstack/react-router'
import { LogOut, Menu as MenuIcon, Moon, Sun, SunMoon } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { Suspense, useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/overlay/menu.tsx'
import { Loading } from '../ui/display/page.tsx'
import { Toasts } from '../ui/overlay/toast.tsx'
import { CommandPalette } from './command-palette.tsx'
import { SessionOver } from './session-over.tsx'
import { Sidebar } from './sidebar.tsx'
import { setTheme, useTheme } from './theme.ts'

export function Shell() {
  return (
    <div className="flex h-dvh flex-col">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">
        Skip to the content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
        <SmallMenu />
        <a href="/" className="flex items-center gap-2 rounded font-semibold">
          <img src="/icon.svg" alt="" className="size-6" />
          Tenon Studio
        </a>
        <div className="ml-auto flex items-center gap-2">
          <CommandPalette />
          <ThemeMenu />
          <SignOut />
        </div>
      </header>
      <div className="flex min-h-0 flex-1">
        <aside className="hidden w-56 shrink-0 overflow-y-auto border-r border-line bg-surface md:block">
          <Sidebar />
        </aside>
        <main id="content" tabIndex={-1} className="relative min-w-0 flex-1 overflow-y-auto outline-none">
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Toasts />
      <SessionOver />
    </div>
  )
}

/** The sidebar where there is no room for it. */
function SmallMenu() {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" size="icon" className="md:hidden" aria-label="Open the menu">
          <MenuIcon aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 w-64 overflow-y-auto border-r border-line bg-surface"
        >
          <Dialog.Title className="px-4 pt-3 font-semibold">Tenon Studio</Dialog.Title>
          <Sidebar onGo={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A form, because the answer is another page. */
function SignOut() {
  return (
    <form method="post" action="/sign-out">
      <Button type="submit" variant="ghost" size="icon" aria-label="Sign out">
        <LogOut aria-hidden />
      </Button>
    </form>
  )
}

const icons = { light: <Sun aria-hidden />, dark: <Moon aria-hidden />, system: <SunMoon aria-hidden /> }

function ThemeMenu() {
  const theme = useTheme()
  return (
    <Menu
      label={`Theme: ${theme}`}
      trigger={icons[theme]}
      variant="ghost"
      size="icon"
      items={[
        { label: 'Light', icon: icons.light, onSelect: () => setTheme('light') },
        { label: 'Dark', icon: icons.dark, onSelect: () => setTheme('dark') },
        { label: 'As the system', icon: icons.system, onSelect: () => setTheme('system') },
      ]}
    />
  )
}
