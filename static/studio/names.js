// What can be named where: scenes in links, skills, meters and flags in effects and conditions.

/** A heading's address, near enough to complete a link; the server has the last word. */
export function addressOf(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}\- _]/gu, '').replaceAll(' ', '-')
}

/** A source of completions for a form that lists the library's skills in `data-skills`. */
export function completeNames(form) {
  const skills = (form.dataset.skills ?? '').split(' ').filter(Boolean)
  return context => {
    const line = context.state.doc.lineAt(context.pos)
    const before = line.text.slice(0, context.pos - line.from)
    const link = /\]\(#([^)]*)$/.exec(before)
    if (link) return offer(context.pos - link[1].length, scenesIn(context.state.doc), 'scene')
    const word = /^\s+-\s.*?([\w-]+)$|^skills:.*?([\w-]+)$/.exec(before)
    if (!word) return null
    const typed = word[1] ?? word[2]
    const names = word[2] ? skills : [...skills, ...declared(context.state.doc)]
    return offer(context.pos - typed.length, names, 'name')
  }
}

function offer(from, names, type) {
  return { from, options: [...new Set(names)].map(label => ({ label, type })), validFor: /^[\w-]*$/ }
}

function scenesIn(doc) {
  return [...doc.toString().matchAll(/^##\s+(.*)$/gm)].map(heading => addressOf(heading[1]))
}

/** The meters and flags of the front matter. */
function declared(doc) {
  const front = /^---\n([\s\S]*?)\n---/.exec(doc.toString())?.[1] ?? ''
  const meters = /^meters:\n((?:[ \t]+.*\n?)*)/m.exec(front)?.[1] ?? ''
  const flags = /^flags:\s*\[(.*)\]/m.exec(front)?.[1] ?? ''
  return [...[...meters.matchAll(/^\s+([\w-]+):/gm)].map(found => found[1]), ...flags.split(',').map(one => one.trim()).filter(Boolean)]
}
