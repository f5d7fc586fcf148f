// The text field as CodeMirror: Markdown and front matter in colour, problems underlined, names completed.
import {
  EditorState, EditorView, HighlightStyle, autocompletion, completionKeymap, highlightActiveLine, keymap, lineNumbers,
  markdown, minimalSetup, setDiagnostics, syntaxHighlighting, tags, yamlFrontmatter,
} from './vendor/editor.js'
import { completeNames, addressOf } from './names.js'

const look = HighlightStyle.define([
  { tag: tags.heading, class: 'tok-heading' },
  { tag: tags.strong, class: 'tok-strong' },
  { tag: tags.emphasis, class: 'tok-emphasis' },
  { tag: [tags.link, tags.url], class: 'tok-link' },
  { tag: [tags.quote, tags.meta, tags.comment, tags.processingInstruction], class: 'tok-quiet' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'tok-name' },
])

/** CodeMirror in the place of the field, which keeps the same text: a form sent the plain way loses nothing. */
export function openSource(form, field) {
  const listeners = { change: () => {}, move: () => {}, save: () => {} }
  const view = new EditorView({
    parent: form.querySelector('[data-place]'),
    state: EditorState.create({ doc: field.value, extensions: extensions(form, field, listeners) }),
  })
  field.hidden = true
  form.querySelector('label[for=source]').addEventListener('click', () => view.focus())
  return {
    listeners,
    text: () => view.state.doc.toString(),
    replace: text => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: problems => view.dispatch(setDiagnostics(view.state, problems.map(one => placed(view.state.doc, one)))),
    goTo: (line, column = 1) => goTo(view, line, column),
    goToScene: slug => goToScene(view, slug),
    scene: () => sceneAt(view.state.doc, view.state.selection.main.head),
  }
}

function extensions(form, field, listeners) {
  return [
    EditorView.cspNonce.of(form.dataset.nonce),
    minimalSetup, lineNumbers(), highlightActiveLine(), EditorView.lineWrapping,
    yamlFrontmatter({ content: markdown() }), syntaxHighlighting(look),
    autocompletion({ override: [completeNames(form)] }),
    keymap.of([...completionKeymap, { key: 'Mod-s', run: () => { listeners.save(); return true } }]),
    EditorView.contentAttributes.of({
      'aria-labelledby': 'source-label', 'aria-describedby': 'problems-title', spellcheck: 'true', tabindex: '0', lang: field.lang,
    }),
    EditorView.updateListener.of(update => {
      if (update.docChanged) {
        field.value = update.state.doc.toString()
        listeners.change()
      } else if (update.selectionSet) listeners.move()
    }),
  ]
}

/** A problem's place in the text as it is now, to the end of its line. */
function placed(doc, problem) {
  const line = doc.line(Math.max(1, Math.min(problem.line, doc.lines)))
  const from = Math.min(line.from + problem.column - 1, line.to)
  return { from, to: Math.max(from, line.to), severity: problem.severity, message: problem.message }
}

function goTo(view, number, column) {
  const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)))
  const anchor = Math.min(line.from + column - 1, line.to)
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
  view.focus()
}

function goToScene(view, slug) {
  for (let number = 1; number <= view.state.doc.lines; number++) {
    const heading = /^##\s+(.*)/.exec(view.state.doc.line(number).text)
    if (heading && addressOf(heading[1]) === slug) return goTo(view, number, 1)
  }
}

/** The address of the scene that a place in the text belongs to. */
function sceneAt(doc, at) {
  for (let number = doc.lineAt(at).number; number > 0; number--) {
    const heading = /^##\s+(.*)/.exec(doc.line(number).text)
    if (heading) return addressOf(heading[1])
  }
  return ''
}
