// The style and the script of the pages where one signs in, as files, because no page may carry either inline.

/** The system's fonts, light and dark by the reader's preference. */
export const signInStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #101216);
  --card: light-dark(#ffffff, #181b21);
  --line: light-dark(#8a919c, #6b7380);
  --text: light-dark(#16191d, #e8eaed);
  --accent: light-dark(#0f6b4f, #3ecf8e);
  --on-accent: light-dark(#ffffff, #0b1f17);
  --problem: light-dark(#a3160f, #ff9c94);
}
* { box-sizing: border-box }
body {
  margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1.25rem;
  background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif
}
main { background: var(--card); border-radius: 12px; padding: 2rem; width: min(26rem, 100%) }
h1 { font-size: 1.25rem; margin: 0 0 1rem }
form { display: grid; gap: 0.5rem }
label { font-weight: 600 }
input {
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px;
  padding: 0.5rem 0.75rem; width: 100%
}
button {
  font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); border: 0; border-radius: 8px;
  padding: 0.55rem 0.75rem; margin-top: 0.5rem; cursor: pointer
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.problem { color: var(--problem); font-weight: 600 }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); border-radius: 8px }
`

/** Presses the button of a link's page, but not for a browser that only looks ahead. */
export const signInScript = `
const press = () => document.querySelector('#confirm')?.requestSubmit()
if (document.prerendering) document.addEventListener('prerenderingchange', press, { once: true })
else press()
`
