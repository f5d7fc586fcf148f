// The call clock counts up from what the server says, stops while the page is hidden, and ends nothing.
const two = number => String(number).padStart(2, '0')

export function runClock() {
  const clock = document.querySelector('[data-clock]')
  if (!clock) return
  let seconds = clock.textContent.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  setInterval(() => {
    if (document.hidden) return
    seconds += 1
    clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
  }, 1000)
  const box = document.querySelector('[data-clock-on]')
  const show = () => { clock.closest('.clock').hidden = !box.checked }
  if (box) box.addEventListener('change', show), show()
}
