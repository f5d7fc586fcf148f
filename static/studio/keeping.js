// What this tab knows of a draft and its page may not: words that are not saved, or which save it saw recorded.
const name = id => `draft ${id}`

/** `text` as typed on save `version`; `sent`, where a save of it was sent and no answer has come. */
export function keep(id, { version, text, sent = null }) {
  put(id, { version, text, sent })
}

/** Nothing is left to keep, but that a page made before save `version` is out of date. */
export function keepVersion(id, version) {
  put(id, { version })
}

export function kept(id) {
  try { return JSON.parse(sessionStorage.getItem(name(id))) } catch { return null }
}

export function forget(id) {
  try { sessionStorage.removeItem(name(id)) } catch { /* nothing was kept */ }
}

function put(id, what) {
  try { sessionStorage.setItem(name(id), JSON.stringify(what)) } catch { /* storage is off or full: the field has it */ }
}
