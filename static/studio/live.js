// While somebody types: the preview follows, a pause saves, and what could not be saved is kept in this browser.
import { post, renewSecret } from './answers.js'
import { forget, keep, keepVersion, kept } from './keeping.js'
import { problemsShown, showHere, showParts } from './parts.js'

const LOOK = 250, PAUSE = 1500, AGAIN = 5000
// What a browser lets go on after the page is closed, with room to spare.
const OUTLIVES = 60_000

export function startLive(form, source) {
  const live = new Live(form, source)
  source.listeners.change = () => live.changed()
  source.listeners.move = () => live.moved()
  source.listeners.save = () => live.save('typed')
  document.addEventListener('click', event => live.clicked(event))
  document.addEventListener('visibilitychange', () => { if (document.hidden) live.save('auto') })
  addEventListener('online', () => live.save('auto'))
  addEventListener('beforeunload', event => { if (live.isStuck) event.preventDefault() })
  form.addEventListener('submit', event => live.submitted(event))
  live.begin()
}

class Live {
  constructor(form, source) {
    const saved = 'isSaved' in form.dataset ? source.text() : null
    Object.assign(this, { form, source, saved, unanswered: null, looking: null, saving: null, collided: false, isStuck: false })
    this.id = form.action
    this.savedWords = form.querySelector('[data-saved]').textContent
  }

  /** What was typed before the line was lost, or the lid closed, comes back first. */
  begin() {
    const before = kept(this.id) ?? {}
    forget(this.id)
    if (this.saved === null) this.keepTyped()
    else if (before.text !== undefined && before.text !== this.saved) this.comeBack(before)
    // Made before that save was recorded, this page is older than what was typed here.
    else if (before.text === undefined && before.version > this.version) return location.reload()
    this.mark()
    showHere()
  }

  /** Where what was sent stands here, that save was recorded, and only its answer was lost. */
  comeBack({ version, text, sent }) {
    if (sent !== this.saved) {
      this.form.elements.version.value = version
      this.unanswered = sent
    }
    this.source.replace(text)
  }

  get version() {
    return Number(this.form.elements.version.value)
  }

  /** Until it is recorded, it is kept in this browser. */
  keepTyped() {
    keep(this.id, { version: this.version, text: this.source.text(), sent: this.unanswered })
  }

  changed() {
    clearTimeout(this.lookTimer)
    clearTimeout(this.saveTimer)
    this.lookTimer = setTimeout(() => this.look(), LOOK)
    // Typed and taken back: what is saved is what stands here.
    if (this.unanswered === null && !this.collided && this.source.text() === this.saved) return this.settle()
    this.keepTyped()
    this.say(this.form.dataset.unsaved)
    this.saveTimer = setTimeout(() => this.save('auto'), PAUSE)
  }

  settle() {
    this.isStuck = false
    keepVersion(this.id, this.version)
    this.say(this.savedWords)
  }

  moved() {
    const scene = this.source.scene()
    if (!scene || scene === this.form.elements.scene.value) return
    this.form.elements.scene.value = scene
    clearTimeout(this.lookTimer)
    this.lookTimer = setTimeout(() => this.look(), LOOK)
  }

  /** The same page of the text as it is, unsaved. A newer look takes the place of one under way. */
  async look() {
    this.looking?.abort()
    this.looking = new AbortController()
    try {
      const { page } = await this.send(this.form.dataset.preview, {}, this.looking.signal)
      this.show(page)
    } catch (problem) {
      if (!['AbortError', 'TypeError'].includes(problem.name)) throw problem
    }
  }

  /** One at a time; whoever asks for another meanwhile waits for the one under way. */
  save(how) {
    this.saving ??= this.sendSave(how).finally(() => { this.saving = null })
    return this.saving
  }

  /** What was sent and never answered goes first, as it was: it may be recorded, and a text is recorded once. */
  async sendSave(how) {
    const text = this.unanswered ?? this.source.text()
    if (this.collided || text === this.saved) return
    this.unanswered = text
    this.keepTyped()
    try {
      const { reply, page } = await this.send(this.form.action, { how, text })
      this.unanswered = null
      if (reply.status === 409) this.collide(page)
      else if (reply.ok) this.recorded(text, page)
      else this.refused(page)
    } catch (problem) {
      if (problem.name !== 'TypeError') throw problem
      this.isStuck = true
      this.say(await this.whyNot(problem.status))
      this.saveTimer = setTimeout(() => this.save(how), AGAIN)
    }
  }

  /** The line, as a rule. Or the session ended: where it began anew, its form secret is taken for the next try. */
  async whyNot(status) {
    const { kept, signedOut } = this.form.dataset
    if (![200, 400, 401].includes(status)) return kept
    return await renewSecret(this.form.dataset.page).catch(() => true) ? kept : signedOut
  }

  recorded(text, page) {
    this.saved = text
    // Another text there is another one's, saved right after: what is typed next is not on top of it.
    if (page.querySelector('#source').value === text) {
      this.form.elements.version.value = page.querySelector('[data-version]').value
    }
    this.savedWords = page.querySelector('[data-saved]').textContent
    this.isStuck = false
    if (this.source.text() !== text) return this.changed()
    this.show(page)
    this.settle()
  }

  /** Too long to save: the problems of the same page say so, or another page's heading. */
  refused(page) {
    this.isStuck = true
    this.keepTyped()
    const isOurs = page.querySelector('[data-editor]')
    if (isOurs) this.show(page)
    this.say((!isOurs && page.querySelector('h1')?.textContent) || this.form.dataset.kept)
  }

  /** An answer to the same form. Whatever is not a page of ours is a line that was lost. */
  async send(address, more, signal) {
    const body = new URLSearchParams(new FormData(this.form))
    body.set('text', this.source.text())
    for (const [name, value] of Object.entries(more)) body.set(name, value)
    const keepalive = document.hidden && body.toString().length < OUTLIVES
    const answer = await post(address, body, { signal, keepalive })
    if ([409, 413].includes(answer.reply.status) || answer.page.querySelector('[data-editor]')) return answer
    throw Object.assign(new TypeError('not our page'), { status: answer.reply.status })
  }

  /** Somebody else saved: say who and when, and leave it to a button to look at the three texts. */
  collide(page) {
    this.collided = this.isStuck = true
    const words = document.querySelector('template[data-collision]').content.cloneNode(true)
    const isClosed = !page.querySelector('form[data-both]')
    words.querySelector('[data-who]').textContent = page.querySelector(isClosed ? '.lede' : 'h1').textContent
    if (isClosed) words.querySelector('[data-compare]').remove()
    this.form.prepend(words)
    this.say(this.form.dataset.kept)
  }

  show(page) {
    showParts(page)
    this.mark()
  }

  mark() {
    this.source.mark(problemsShown())
  }

  say(words) {
    this.form.querySelector('[data-saved]').textContent = words
  }

  /** Another page of this draft is about what is saved: so save first. Where that cannot be, stay. */
  async leave(link) {
    clearTimeout(this.saveTimer)
    for (let tries = 0; tries < 3 && this.source.text() !== this.saved; tries++) await this.save('auto')
    if (this.source.text() === this.saved) location.assign(link.href)
  }

  /** Sent the plain way, but not while a save is under way or unanswered: it would meet itself. */
  async submitted(event) {
    if (this.collided || !this.saving && this.unanswered === null) {
      this.isStuck = false
      return
    }
    event.preventDefault()
    await this.save('typed')
    if (this.unanswered === null) this.form.requestSubmit(event.submitter)
  }

  /** A problem's line, and a scene of the map, are places in the text. */
  clicked(event) {
    const page = event.target.closest('.studio-bar__pages a')
    if (page && this.source.text() !== this.saved && !this.collided && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      return this.leave(page)
    }
    const link = event.target.closest('[data-go-to], [data-see] a[href*="scene="][href*="#preview"]')
    if (!link || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (link.dataset.goTo) {
      const item = link.closest('[data-line]')
      return this.source.goTo(Number(link.dataset.goTo), Number(item?.dataset.column ?? 1))
    }
    const address = link.href.baseVal ?? link.href
    const scene = new URL(address, location.href).searchParams.get('scene')
    this.source.goToScene(scene)
    this.form.elements.scene.value = scene
    this.look()
  }
}
