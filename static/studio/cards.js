// Cards without a reload: the same form by fetch, the same full page back. What is typed in other cards is saved first.
const cards = () => [...document.querySelectorAll('form[data-card]')]
const sayings = form => new URLSearchParams(new FormData(form)).toString()
let before = new Map()
let busy = false

function remember() {
  before = new Map(cards().map(form => [form, sayings(form)]))
}

/** A card whose words are not saved; a form to add something counts when something is in it. */
const changed = () => cards().filter(form => before.has(form) && sayings(form) !== before.get(form))

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form))
  if (button?.name) body.append(button.name, button.value)
  const reply = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' })
  // The proxy answers for a host that died: whether it recorded this, nobody knows; sent again it is recorded once.
  if (reply.status >= 502 && reply.status <= 504) throw new TypeError('no answer')
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  return { reply, page, isSaved: reply.redirected && reply.ok && Boolean(page.querySelector('[data-cards]')) }
}

/** Save the cards that were typed in, this one last. Stops at the first that is not saved, and shows why. */
async function save(form, button) {
  if (busy) return false
  busy = true
  document.querySelector('[data-cards-lost]')?.remove()
  const timer = setTimeout(() => button?.setAttribute('aria-busy', 'true'), 400)
  try {
    const others = changed().filter(one => one !== form)
    for (const one of [...others, form].filter(Boolean)) {
      const last = one === form
      const answer = await send(one, last ? button : null)
      if (!answer.isSaved) return refused(answer, one, last ? button : null)
      before.delete(one)
      if (last) show(answer, button)
      else for (const field of document.querySelectorAll('[name=version]')) field.value = versionOf(answer.page)
    }
    return true
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem
    sayLost(form)
    return false
  } finally {
    busy = false
    clearTimeout(timer)
    button?.removeAttribute('aria-busy')
  }
}

/** No line: what was typed stays in its fields, to be saved again. */
function sayLost(form) {
  const words = document.querySelector('template[data-lost]').content.cloneNode(true)
  form.prepend(words)
}

const versionOf = page => page.querySelector('[name=version]').value

function plain(form) {
  form.removeAttribute('data-card')
  return form
}

/** A refusal is the same page with words to it. Any other answer (somebody saved first) is a page of its own. */
function refused({ reply, page }, form, button) {
  if (reply.status !== 422 || !page.querySelector('[data-cards]')) {
    plain(form).requestSubmit(button)
    return false
  }
  keepTyped(page, form)
  swap(page)
  document.querySelector('.form-problems')?.focus()
  return false
}

/** The other cards keep what is typed in them. */
function keepTyped(page, but) {
  for (const form of changed()) {
    if (form === but) continue
    for (const field of form.querySelectorAll('textarea, select, input[type=text]')) {
      const fresh = page.getElementById(field.id)
      if (fresh) fresh.value = field.value
    }
  }
}

function show({ reply, page }, button) {
  const id = new URL(reply.url).searchParams.get('at')
  const same = button?.name ? `[name="${button.name}"][value="${button.value}"]` : '[data-save]'
  const words = page.querySelector('[data-saved]')?.textContent ?? ''
  swap(page)
  history.replaceState(null, '', reply.url)
  const card = document.getElementById(id)
  const place = card?.querySelector(same) ?? card?.querySelector('[data-save]') ?? card?.querySelector('[tabindex]')
  const isNew = button && !button.matches('[data-save], [name=move]')
  ;(isNew ? card?.querySelector('[tabindex]') : place)?.focus()
  document.querySelector('[data-cards-said]').textContent = words
}

function swap(page) {
  const open = [...document.querySelectorAll('main details')].map(one => one.open)
  const y = scrollY
  const fresh = document.adoptNode(page.querySelector('main'))
  document.querySelector('main').replaceWith(fresh)
  const details = [...document.querySelectorAll('main details')]
  if (details.length === open.length) details.forEach((one, at) => { one.open ||= open[at] })
  document.title = page.title
  scrollTo({ top: y, behavior: 'instant' })
  remember()
}

document.addEventListener('submit', event => {
  if (!event.target.matches('form[data-card]')) return
  event.preventDefault()
  save(event.target, event.submitter)
}, true)

document.addEventListener('keydown', event => {
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  const form = document.activeElement?.closest('form[data-card]')
  form?.requestSubmit(form.querySelector('button[data-save]') ?? form.querySelector('button'))
})

// Another page is about what is saved: so save first.
document.addEventListener('click', async event => {
  const link = event.target.closest('a[href]')
  if (!link || link.hash && link.pathname === location.pathname || event.ctrlKey || event.metaKey) return
  const [first] = changed()
  if (!first) return
  event.preventDefault()
  if (await save(first, first.querySelector('button[data-save]'))) location.assign(link.href)
})

addEventListener('beforeunload', event => { if (changed().length) event.preventDefault() })
addEventListener('pageshow', remember)
remember()
