// Cards without a reload: the same form by fetch, the same full page back. What is typed in other cards is saved first.
import { post, renewSecret } from './answers.js'
import { fields, isTyped, said, typeAgain } from './fields.js'

const refused = new WeakSet()
let busy = false

const cards = () => [...document.querySelectorAll('form[data-card]')]
/** A card whose words are not saved; a form to add something counts when something is in it. */
const changed = () => cards().filter(form => refused.has(form) || fields(form).some(isTyped))

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form))
  if (button?.name) body.append(button.name, button.value)
  const answer = await post(form.action, body)
  return { ...answer, isSaved: answer.reply.redirected && answer.reply.ok && Boolean(answer.page.querySelector('[data-cards]')) }
}

/** Save the cards that were typed in, this one last. Stops at the first that is not saved, and shows why. */
async function save(form, button) {
  if (busy) return false
  busy = true
  document.querySelector('[data-cards-lost]')?.remove()
  const timer = setTimeout(() => button?.setAttribute('aria-busy', 'true'), 400)
  // In the answer the cards may stand elsewhere: nothing is typed into them meanwhile.
  if (button && !button.matches('[data-save]')) document.querySelector('main').inert = true
  try {
    return await saveAll([...changed().filter(one => one !== form), form], button)
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem
    stay(form, button, 'lost')
    return false
  } finally {
    busy = false
    clearTimeout(timer)
    button?.removeAttribute('aria-busy')
    document.querySelector('main').inert = false
  }
}

async function saveAll(forms, button) {
  const sent = new Map()
  for (const form of forms) {
    const isLast = form === forms.at(-1), pressed = isLast ? button : null
    sent.set(form, said(form))
    let answer = await send(form, pressed)
    if (isForeign(answer) && await renewSecret(location.pathname)) answer = await send(form, pressed)
    if (!answer.isSaved) return notSaved(answer, form, { button, pressed }, sent)
    refused.delete(form)
    if (isLast) show(answer, button, typedSince(sent))
    else for (const field of document.querySelectorAll('[name=version]')) field.value = versionOf(answer.page)
  }
  return true
}

const versionOf = page => page.querySelector('[name=version]').value
/** Neither saved, nor refused, nor a collision: the session ended, say, and its form secret with it. */
const isForeign = ({ reply, page }) => [200, 400, 401].includes(reply.status) && !page.querySelector('[data-cards]')

/** Words in cards that are not on the page that answers: typed since their card was sent, or in one that was not. */
function typedSince(sent) {
  return cards().flatMap(form => {
    if (!sent.has(form)) return fields(form).filter(isTyped)
    return said(form) === sent.get(form) ? [] : fields(form)
  })
}

/** A refusal is the same page with words to it. Somebody saved first: a page of its own, where nothing else is lost by it. */
function notSaved({ reply, page }, form, { button, pressed }, sent) {
  const first = fields(form)[0]?.id
  if (reply.status === 422 && page.querySelector('[data-cards]')) {
    swap(page, typedSince(sent))
    const again = document.getElementById(first)?.form
    if (again) refused.add(again)
    document.querySelector('.form-problems')?.focus()
  } else if (page.querySelector('form[data-both]') && !changed().some(one => one !== form && !sent.has(one))) {
    form.removeAttribute('data-card')
    form.requestSubmit(pressed)
  } else if (isForeign({ reply, page })) stay(form, button, 'signed-out')
  else stay(form, button, 'refused', page.querySelector('h1')?.textContent)
  return false
}

/** What was typed stays in its fields, to be saved again. Why is said where the button is, which is what is in sight. */
function stay(form, button, why, reason = '') {
  const words = document.querySelector(`template[data-${why}]`).content.cloneNode(true)
  const place = words.querySelector('[data-why]')
  if (place) place.textContent = reason
  document.querySelector('main').inert = false
  if (button) button.parentElement.before(words)
  else form.prepend(words)
  button?.focus()
}

function show({ reply, page }, button, typed) {
  const id = new URL(reply.url).searchParams.get('at')
  const same = button?.name ? `[name="${button.name}"][value="${button.value}"]` : '[data-save]'
  const words = page.querySelector('[data-saved]')?.textContent ?? ''
  const here = document.activeElement?.id
  swap(page, typed)
  history.replaceState(null, '', reply.url)
  const card = document.getElementById(id)
  const place = card?.querySelector(same) ?? card?.querySelector('[data-save]') ?? card?.querySelector('[tabindex]')
  const isNew = button && !button.matches('[data-save], [name=move]')
  const writing = typed.some(field => field.id === here) && document.getElementById(here)
  if (!writing) (isNew ? card?.querySelector('[tabindex]') : place)?.focus()
  document.querySelector('[data-cards-said]').textContent = words
}

/** The page that answers takes this one's place; what is `typed` and not on it is typed again. */
function swap(page, typed) {
  const open = [...document.querySelectorAll('main details')].map(one => one.open)
  const y = scrollY
  const fresh = document.adoptNode(page.querySelector('main'))
  document.querySelector('main').replaceWith(fresh)
  const details = [...document.querySelectorAll('main details')]
  if (details.length === open.length) details.forEach((one, at) => { one.open ||= open[at] })
  document.title = page.title
  scrollTo({ top: y, behavior: 'instant' })
  typeAgain(typed)
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
