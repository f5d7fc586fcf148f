// Two texts made one: until it is saved it is kept as what was typed on the other one's save, or on no account.
import { forget, keep } from './keeping.js'

const form = document.querySelector('form[data-both]')
const { version, text } = form.elements

for (const what of ['input', 'submit']) {
  form.addEventListener(what, () => keep(form.action, { version: version.value, text: text.value }))
}
document.querySelector('a[data-leave-it]').addEventListener('click', () => forget(form.action))
