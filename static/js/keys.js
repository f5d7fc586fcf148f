// Number keys move the focus to a reply; Enter, being a button's own key, says it.
const FIELDS = 'input, textarea, select, [contenteditable]'

function wanted(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return false
  const box = document.querySelector('[data-keys]')
  // A tick box in the settings rules while the page is open; without one, the page's own word.
  const on = box?.type === 'checkbox' ? box.checked : box?.dataset.keys !== 'off'
  return on && !event.target.closest(FIELDS)
}

export function listenToKeys() {
  document.addEventListener('keydown', event => {
    if (!wanted(event)) return
    if (/^[1-9]$/.test(event.key)) {
      document.querySelectorAll('[data-say] .choice')[event.key - 1]?.focus()
    } else if (event.key === 'Enter' && !event.target.closest('a, button, summary')) {
      document.querySelector('[data-go]')?.click()
    }
  })
}
