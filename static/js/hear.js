// Hear the line: the customer's newest words, by the browser's own voices, where there are any.
const speech = globalThis.speechSynthesis
let listening = false

/** Offer the button of the page as it is now; what was being said is over. */
export function offerVoice() {
  if (!speech) return
  speech.cancel()
  show()
  if (listening) return
  listening = true
  speech.addEventListener?.('voiceschanged', show)
  addEventListener('pagehide', () => speech.cancel())
  document.addEventListener('click', event => { if (event.target.closest('[data-hear]')) say() })
}

function show() {
  const button = document.querySelector('[data-hear]')
  if (button) button.hidden = speech.getVoices().length === 0
}

/** A second press stops it. */
function say() {
  if (speech.speaking) return speech.cancel()
  const lines = [...document.querySelectorAll('#now .line--speech .line__text')]
  const words = new SpeechSynthesisUtterance(lines.map(line => line.textContent.trim()).join(' '))
  words.lang = lines[0]?.closest('[lang]')?.lang ?? ''
  speech.speak(words)
}
