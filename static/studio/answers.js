// What the site answers to a form of the studio, and a form secret that outlived its session.

/** `page` is the answer, parsed. A TypeError where nobody answered, or a proxy did for a host that died. */
export async function post(address, body, options = {}) {
  const reply = await fetch(address, { method: 'POST', body, credentials: 'same-origin', ...options })
  if (reply.status >= 502 && reply.status <= 504) throw new TypeError('no answer')
  return { reply, page: parse(await reply.text()) }
}

/** Who signed in anew has another form secret: take the one of a page made now. False where nobody is signed in. */
export async function renewSecret() {
  const page = parse(await (await fetch(location.pathname, { credentials: 'same-origin' })).text())
  const fresh = page.querySelector('[data-editor], [data-cards]') && page.querySelector('[name=csrf_token]')
  for (const field of document.querySelectorAll('[name=csrf_token]')) field.value = fresh?.value ?? field.value
  return Boolean(fresh)
}

const parse = text => new DOMParser().parseFromString(text, 'text/html')
