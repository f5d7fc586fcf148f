// What the site answers to a form of the studio, and a form secret that outlived its session.

/** `page` is the answer, parsed. A TypeError where nobody answered, or a proxy did for a host that died. */
export async function post(address, body, options = {}) {
  const reply = await fetch(address, { method: 'POST', body, credentials: 'same-origin', ...options })
  if (reply.status >= 502 && reply.status <= 504) throw new TypeError('no answer')
  return { reply, page: parse(await reply.text()) }
}

/** Who signed in anew has another form secret: take the one of such a page made now, at `address`.
 *  False where nobody is signed in there, or somebody else: what is typed here is not theirs. */
export async function renewSecret(address) {
  const page = parse(await (await fetch(address, { credentials: 'same-origin' })).text())
  const [here, there] = [document, page].map(one => one.querySelector('[data-writer]')?.dataset.writer)
  if (here !== there) return false
  const { value } = page.querySelector('[name=csrf_token]')
  for (const field of document.querySelectorAll('[name=csrf_token]')) field.value = value
  return true
}

const parse = text => new DOMParser().parseFromString(text, 'text/html')
