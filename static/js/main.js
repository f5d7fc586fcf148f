// Enhancement only: every page works, and every answer can be given, without these files.
import { guardForms } from './waiting.js'
import { offerThemes } from './themes.js'
import { offerPasswords } from './passwords.js'
import { startCall } from './call.js'
import { countVotes } from './votes.js'

offerThemes()
offerPasswords()
guardForms()
countVotes()
if (document.querySelector('[data-call]')) startCall()

// Notes that fit a wide screen start open there.
if (matchMedia('(width >= 60rem)').matches) {
  for (const details of document.querySelectorAll('[data-open-wide]')) details.open = true
}
