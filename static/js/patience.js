// A timed line, for people who have turned time on: patience runs out in sight, then silence is sent.
// It stops while the page is hidden, and the server gives the seconds, pace included.
let timer = 0

export function startPatience() {
  clearInterval(timer)
  const box = document.querySelector('[data-patience]')
  if (!box) return
  const bar = box.querySelector('progress')
  let left = Number(box.dataset.patience)
  timer = setInterval(() => {
    if (document.hidden || document.querySelector('[data-loss]')) return
    left -= 0.25
    if (bar) bar.value = Math.max(0, left)
    if (left > 0) return
    clearInterval(timer)
    const silence = box.querySelector('[data-silence]')
    silence?.form?.requestSubmit(silence)
  }, 250)
}
