// The parts of the editor's page that follow the text: problems, map, preview, lines.
const PARTS = ['problems', 'map', 'preview', 'lines']

/** Take them from another such page; each keeps its place where it scrolls, and one that has the focus stays. */
export function showParts(page) {
  for (const name of PARTS) {
    const old = document.querySelector(`[data-part=${name}]`)
    const fresh = page.querySelector(`[data-part=${name}]`)
    if (!old || !fresh || old.contains(document.activeElement)) continue
    const scrolled = [...old.querySelectorAll('[tabindex="0"]')].map(box => [box.scrollLeft, box.scrollTop])
    old.replaceWith(document.adoptNode(fresh))
    if (name === 'map' && sceneOf(fresh) !== sceneOf(old)) {
      showHere()
      continue
    }
    ;[...fresh.querySelectorAll('[tabindex="0"]')].forEach((box, at) => box.scrollTo(...(scrolled[at] ?? [0, 0])))
  }
}

/** The problems as the editor underlines them: line and column from 1. */
export function problemsShown() {
  const found = [...document.querySelectorAll('[data-part=problems] [data-line]')]
  return found.map(item => ({
    line: Number(item.dataset.line),
    column: Number(item.dataset.column),
    severity: item.dataset.severity,
    message: `${item.querySelector('[data-message]').textContent} ${item.querySelector('[data-mend]').textContent}`,
  }))
}

const sceneOf = map => map.querySelector('[aria-current]')?.getAttribute('href')

/** The map scrolls, and nothing around it, until the scene that is looked at is in its middle. */
export function showHere() {
  const box = document.querySelector('.map-scroll')
  const here = box?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!here) return
  const around = box.getBoundingClientRect()
  box.scrollBy(
    here.left + here.width / 2 - around.left - around.width / 2,
    here.top + here.height / 2 - around.top - around.height / 2,
  )
}
