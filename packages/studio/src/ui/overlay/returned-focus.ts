// Where the keys go once what lay over the page has gone.

import { useState } from 'react'

/** For `onCloseAutoFocus`: gives the focus back to what had it before the panel opened, while that is still there. */
export function useReturnedFocus(open: boolean): (event: Event) => void {
  const [before, setBefore] = useState<{ open: boolean; element: Element | null }>({ open: false, element: null })
  // While rendering, as a field of the panel may take the focus as soon as it is there.
  if (before.open !== open) setBefore({ open, element: open ? opener(document.activeElement) : before.element })
  return (event) => {
    event.preventDefault()
    if (before.element instanceof HTMLElement && before.element.isConnected)
      before.element.focus({ preventScroll: true })
  }
}

/** Of an entry in a menu, which goes away, the button of the menu. */
function opener(element: Element | null): Element | null {
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return button == null ? element : document.getElementById(button)
}
