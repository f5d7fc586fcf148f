// The editor's page with script: the same form, the same parts of the same page, without a reload.
import { openSource } from './source.js'
import { startLive } from './live.js'

const form = document.querySelector('form[data-editor]')
const field = form?.querySelector('textarea')

if (field && !field.readOnly) {
  const source = openSource(form, field)
  startLive(form, source)
  const place = /^#L(\d+)$/.exec(location.hash)
  // Not before the page is there: going to its fragment, a browser takes the focus away.
  if (place) addEventListener('load', () => source.goTo(Number(place[1])))
}
