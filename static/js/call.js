// The call: what a running call needs, found again each time its page is swapped.
import { runClock } from './clock.js'
import { offerVoice } from './hear.js'
import { listenToKeys } from './keys.js'
import { startPatience } from './patience.js'
import { sayWithoutReload } from './say.js'

export function startCall() {
  listenToKeys()
  runClock()
  sayWithoutReload()
  startPatience()
  offerVoice()
  settleFocus()
}

/** Focus goes to the customer's new line, which speaks it once; to the replies that were asked for; else to the heading. */
export function settleFocus() {
  const newest = document.querySelector('[data-focus]') ?? document.querySelector('#now') ?? document.querySelector('main h1, main')
  if (!newest) return
  if (!newest.hasAttribute('tabindex')) newest.tabIndex = -1
  newest.focus({ preventScroll: true })
  // From the top, so that the face stays in sight; a long speech is read from its beginning.
  scrollTo(0, 0)
  const room = newest.closest('.talk__scroll')?.clientHeight ?? innerHeight
  newest.scrollIntoView({ block: newest.offsetHeight > room ? 'start' : 'nearest' })
}
