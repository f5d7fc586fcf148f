// Show what was typed.
export function offerPasswords() {
  for (const button of document.querySelectorAll('[data-show]')) {
    const field = document.getElementById(button.dataset.show)
    const words = [button.querySelector('[data-show-word]'), button.querySelector('[data-hide-word]')]
    button.hidden = false
    button.addEventListener('click', () => {
      const shown = field.type === 'text'
      field.type = shown ? 'password' : 'text'
      words[0].hidden = !shown
      words[1].hidden = shown
    })
    // A form sent while the password is in sight must not teach the browser to keep it as text.
    field.form?.addEventListener('submit', () => { field.type = 'password' })
  }
}
