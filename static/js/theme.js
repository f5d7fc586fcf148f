// Light or dark: follow the system until the person says otherwise. Runs before the page is drawn.
try {
  const theme = localStorage.getItem('theme')
  if (theme) document.documentElement.dataset.theme = theme
} catch { /* storage is off: the system decides */ }
