// While somebody types: the preview follows, a pause saves, and what could not be saved is kept in this browser.
import { forget, keep, kept } from './keeping.js'

const LOOK = 250, PAUSE = 1500, AGAIN = 5000
const PARTS = ['problems', 'map', 'preview', 'lines']

export function startLive(form, source) {
  const live = new Live(form, source)
  source.listeners.change = () => live.changed()
  source.listeners.move = () => live.moved()
  source.listeners.save = () => live.save('typed')
  document.addEventListener('click', event => live.clicked(event))
  document.addEventListener('visibilitychange', () => { if (document.hidden) live.save('auto') })
  addEventListener('online', () => live.save('auto'))
  live.begin()
}

class Live {
  constructor(form, source) {
    Object.assign(this, { form, source, saved: source.text(), looking: null, saving: false, collided: false })
    this.id = form.action
    this.savedWords = form.querySelector('[data-saved]').textContent
  }

  /** What was typed before the line was lost, or the lid closed, comes back first. */
  begin() {
    const before = kept(this.id)
    if (before && before.text !== this.saved) {
      this.form.elements.version.value = before.version
      this.source.replace(before.text)
    } else forget(this.id)
    this.mark()
    showHere()
  }

  changed() {
    clearTimeout(this.lookTimer)
    clearTimeout(this.saveTimer)
    this.lookTimer = setTimeout(() => this.look(), LOOK)
    // Typed and taken back: what is saved is what stands here.
    if (!this.saving && !this.collided && this.source.text() === this.saved) return this.settle()
    keep(this.id, { version: this.form.elements.version.value, text: this.source.text() })
    this.say(this.form.dataset.unsaved)
    this.saveTimer = setTimeout(() => this.save('auto'), PAUSE)
  }

  settle() {
    forget(this.id)
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
      this.show(await this.send(this.form.dataset.preview, {}, this.looking.signal))
    } catch (problem) {
      if (!['AbortError', 'TypeError'].includes(problem.name)) throw problem
    }
  }

  async save(how) {
    const text = this.source.text()
    if (this.saving || this.collided || text === this.saved) return
    this.saving = true
    try {
      const page = await this.send(this.form.action, { how })
      if (!page.querySelector('[data-version]')) return this.collide(page)
      this.saved = text
      this.form.elements.version.value = page.querySelector('[data-version]').value
      this.savedWords = page.querySelector('[data-saved]').textContent
      if (this.source.text() === text) {
        this.show(page)
        this.settle()
      } else this.changed()
    } catch (problem) {
      if (problem.name !== 'TypeError') throw problem
      this.say(this.form.dataset.kept)
      this.saveTimer = setTimeout(() => this.save(how), AGAIN)
    } finally {
      this.saving = false
    }
  }

  /** A page by the same form. Whatever is not one of ours is a line that was lost. */
  async send(address, more, signal) {
    const body = new URLSearchParams(new FormData(this.form))
    body.set('text', this.source.text())
    for (const [name, value] of Object.entries(more)) body.set(name, value)
    const reply = await fetch(address, { method: 'POST', body, credentials: 'same-origin', signal })
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    if (reply.status !== 409 && !page.querySelector('[data-editor]')) throw new TypeError('not our page')
    return page
  }

  /** Somebody else saved: say who and when, and leave it to a button to look at the three texts. */
  collide(page) {
    this.collided = true
    const words = document.querySelector('template[data-collision]').content.cloneNode(true)
    words.querySelector('[data-who]').textContent = page.querySelector('h1').textContent
    this.form.prepend(words)
    this.say(this.form.dataset.kept)
  }

  show(page) {
    for (const name of PARTS) {
      const old = document.querySelector(`[data-part=${name}]`)
      const fresh = page.querySelector(`[data-part=${name}]`)
      if (!old || !fresh) continue
      const scrolled = [...old.querySelectorAll('[tabindex="0"]')].map(box => [box.scrollLeft, box.scrollTop])
      const held = old.contains(document.activeElement)
      if (held) continue
      old.replaceWith(document.adoptNode(fresh))
      if (name === 'map' && sceneOf(fresh) !== sceneOf(old)) {
        showHere()
        continue
      }
      ;[...fresh.querySelectorAll('[tabindex="0"]')].forEach((box, at) => box.scrollTo(...(scrolled[at] ?? [0, 0])))
    }
    this.mark()
  }

  mark() {
    const found = [...document.querySelectorAll('[data-part=problems] [data-line]')]
    this.source.mark(found.map(item => ({
      line: Number(item.dataset.line),
      column: Number(item.dataset.column),
      severity: item.dataset.severity,
      message: `${item.querySelector('[data-message]').textContent} ${item.querySelector('[data-mend]').textContent}`,
    })))
  }

  say(words) {
    this.form.querySelector('[data-saved]').textContent = words
  }

  /** Another page of this draft is about what is saved: so save first. */
  async leave(link) {
    clearTimeout(this.saveTimer)
    await this.save('auto')
    location.assign(link.href)
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

const sceneOf = map => map.querySelector('[aria-current]')?.getAttribute('href')

/** The map scrolls, and nothing around it, until the scene that is looked at is in its middle. */
function showHere() {
  const box = document.querySelector('.map-scroll')
  const here = box?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!here) return
  const around = box.getBoundingClientRect()
  box.scrollBy(
    here.left + here.width / 2 - around.left - around.width / 2,
    here.top + here.height / 2 - around.top - around.height / 2,
  )
}
