// The editor's page with script: the same form, the same parts of the same page, without a reload.
import { kept } from './keeping.js'
import { startLive } from './live.js'
import { openSource } from './source.js'

const form = document.querySelector('form[data-editor]')
const field = form?.querySelector('textarea')

if (field?.readOnly) showKept()
else if (field) openEditor()

function openEditor() {
  const source = openSource(form, field)
  startLive(form, source)
  const place = /^#L(\d+)$/.exec(location.hash)
  // Not before the page is there: going to its fragment, a browser takes the focus away.
  if (place) addEventListener('load', () => source.goTo(Number(place[1])))
}

/** A draft that was closed while somebody wrote in it: what this tab kept, to be copied. */
function showKept() {
  const { text } = kept(form.action) ?? {}
  if (text === undefined || text === field.value) return
  const words = document.querySelector('template[data-kept-text]').content.cloneNode(true)
  words.querySelector('textarea').value = text
  form.prepend(words)
}
