// The fields of a form that a person fills in; each has an id, which it keeps from page to page.
export const fields = form => [...form.elements].filter(field => field.id && 'value' in field && field.type !== 'submit')

const isTicked = field => ['radio', 'checkbox'].includes(field.type)
const stateOf = field => (isTicked(field) ? field.checked : field.value)

/** Does it hold something else than its page was made with? What the browser itself put back counts. */
export function isTyped(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked
  if (field.localName !== 'select') return field.value !== field.defaultValue
  return field.value !== (field.querySelector('option[selected]') ?? field.options[0])?.value
}

/** All that stands in a form, to be compared with what stands there later. */
export const said = form => JSON.stringify(fields(form).map(stateOf))

/** Put what stood in these fields of an earlier page into those of the same ids. */
export function typeAgain(typed) {
  for (const field of typed) {
    const fresh = document.getElementById(field.id)
    if (fresh && isTicked(field)) fresh.checked = field.checked
    else if (fresh) fresh.value = field.value
  }
}
