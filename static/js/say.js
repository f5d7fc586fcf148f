// Saying something without a reload: the same form by fetch, the same full page back, its <main> put in place.
import { settleFocus } from './call.js'
import { offerVoice } from './hear.js'
import { startPatience } from './patience.js'
import { waitOn } from './waiting.js'

// What a person opened stays open from turn to turn.
const ANSWER = { Prefer: 'return=representation' } // the page itself, in place of a redirect to it
const KEPT = 'main :is([data-keep], [data-open-wide])'
let busy = false

export function sayWithoutReload() {
  document.addEventListener('submit', event => {
    const form = event.target
    if (!form.matches('[data-say]')) return
    event.preventDefault()
    if (!busy) say(form, event.submitter)
  }, true)
}

async function say(form, button) {
  busy = true
  forgetLoss()
  const done = waitOn(button)
  try {
    const body = new URLSearchParams(new FormData(form))
    if (button?.name) body.append(button.name, button.value)
    const reply = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin', headers: ANSWER })
    if ([502, 503, 504].includes(reply.status)) throw new TypeError('the line is gone')
    show(reply, await reply.text(), form, button)
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem
    showLoss(form, button)
  } finally {
    busy = false
    done()
  }
}

function show(reply, text, form, button) {
  const page = new DOMParser().parseFromString(text, 'text/html')
  if (page.querySelector('[data-call]')) return swap(page)
  // Another kind of page (debrief, sign-in): go there. One without an address of its own: send it the plain way.
  if (reply.redirected) return location.assign(reply.url)
  form.removeAttribute('data-say')
  form.requestSubmit(button)
}

function swap(page) {
  const moods = [...document.querySelectorAll('main [data-mood]')].map(part => part.dataset.mood)
  const fresh = document.adoptNode(page.querySelector('main'))
  const open = new Map([...document.querySelectorAll(KEPT)].map(details => [details.className, details.open]))
  document.querySelector('main').replaceWith(fresh)
  for (const part of document.querySelectorAll('[data-swap]')) {
    const next = page.querySelector(`[data-swap="${part.dataset.swap}"]`)
    if (next) part.replaceWith(document.adoptNode(next))
  }
  document.title = page.title
  for (const details of document.querySelectorAll(KEPT)) details.open = open.get(details.className) ?? details.open
  changeMinds(fresh, moods)
  startPatience()
  offerVoice()
  settleFocus()
}

/** Put the old mood on for a moment, so that the face is seen to change. */
function changeMinds(main, before) {
  const parts = [...main.querySelectorAll('[data-mood]')]
  const after = parts.map(part => part.dataset.mood)
  parts.forEach((part, index) => { part.dataset.mood = before[index] ?? part.dataset.mood })
  main.getBoundingClientRect()
  parts.forEach((part, index) => { part.dataset.mood = after[index] })
}

/** The words for a lost line are the page's own, so that they are in its language. */
function showLoss(form, button) {
  const words = document.querySelector('template[data-lost]')
  const place = form.querySelector('[data-lost-place]') ?? form
  if (!words) return
  place.prepend(words.content.cloneNode(true))
  button?.setAttribute('data-picked', '')
  const again = place.querySelector('[data-again]')
  again?.addEventListener('click', () => form.requestSubmit(button))
  again?.focus()
}

function forgetLoss() {
  for (const mark of document.querySelectorAll('[data-picked]')) mark.removeAttribute('data-picked')
  for (const note of document.querySelectorAll('main [data-loss]')) note.remove()
}
