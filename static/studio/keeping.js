// What was typed and not saved yet, kept for this tab: a lost connection or a reload takes nothing.
const name = id => `draft ${id}`

export function keep(id, what) {
  try { sessionStorage.setItem(name(id), JSON.stringify(what)) } catch { /* storage is off or full: the field has it */ }
}

export function kept(id) {
  try { return JSON.parse(sessionStorage.getItem(name(id))) } catch { return null }
}

export function forget(id) {
  try { sessionStorage.removeItem(name(id)) } catch { /* nothing was kept */ }
}
