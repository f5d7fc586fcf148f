// One press, one request; a waiting mark only when the answer takes longer than 400 ms.
const sent = new WeakSet()
let any = false

export function guardForms() {
  document.addEventListener('submit', event => {
    const form = event.target
    if (form.method !== 'post' || event.defaultPrevented) return
    if (sent.has(form)) return event.preventDefault()
    sent.add(form)
    any = true
    waitOn(event.submitter)
  })
  // Back from the browser's own memory: the page may be used again.
  addEventListener('pageshow', event => { if (event.persisted && any) location.reload() })
}

/** Mark a button as waiting after 400 ms. Returns what takes the mark away again. */
export function waitOn(button) {
  const timer = setTimeout(() => button?.setAttribute('aria-busy', 'true'), 400)
  return () => {
    clearTimeout(timer)
    button?.removeAttribute('aria-busy')
  }
}
