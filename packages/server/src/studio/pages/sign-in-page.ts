// Where one signs in: with the link of the terminal, or with the password where the configuration has one.

import { type Html, html } from '../../html/html.ts'
import { renderDocument } from './document.ts'

interface SignInPage {
  /** Whether there is a password to ask for. */
  readonly takesPassword: boolean
  /** Where to go afterwards; a path of this origin. */
  readonly next: string
  /** What was wrong with the last attempt; null for none. */
  readonly problem: string | null
}

/** For whoever has no session. */
export function renderSignIn({ takesPassword, next, problem }: SignInPage): string {
  const said = problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`
  const main = html`${said}${takesPassword ? passwordForm(next) : null}
    <p>
      ${takesPassword ? 'Or open' : 'Open'} the link that <code>tenon start</code> printed in its terminal. It works
      once; <code>tenon studio</code> prints another.
    </p>`
  return renderDocument({ title: 'Sign in to Studio', main })
}

function passwordForm(next: string): Html {
  return html`<form method="post" action="/sign-in">
    <input type="hidden" name="next" value="${next}" />
    <label for="password">Password</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="current-password"
      required
      autofocus
      maxlength="1000"
    />
    <button>Sign in</button>
  </form>`
}

/**
 * What a link leads to. Opening an address only shows this: what looks ahead at addresses, such as a browser's address
 * bar or a messenger, must not use the code up. A script presses the button once the page is seen.
 */
export function renderConfirm(code: string): string {
  const main = html`<form method="post" action="/sign-in" id="confirm">
    <input type="hidden" name="code" value="${code}" />
    <button>Open Studio</button>
  </form>`
  return renderDocument({ title: 'Sign in to Studio', main, script: true })
}
