// The switch between light and dark; remembered on this device.
export function offerThemes() {
  const toggle = document.querySelector('[data-theme-toggle]')
  if (!toggle || !CSS.supports('color', 'light-dark(#000, #fff)')) return
  const root = document.documentElement
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches
  toggle.hidden = false
  toggle.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    try { localStorage.setItem('theme', root.dataset.theme) } catch { /* kept for this page only */ }
  })
}
