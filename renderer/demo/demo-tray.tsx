// The demo's drawer at the edge: passes and goods codes that are "scanned" by a touch. Only where the station says that it is
// a demo; it goes through the same request as a real scanner in the window.

import type { DemoCode, FlowState, Tap } from '../flow/flow-state.ts'
import type { Catalogue } from '../text/catalogue.ts'

const KINDS = ['rider', 'staff', 'item', 'bad'] as const

export function DemoTray({ state, text, tap }: { state: FlowState; text: Catalogue; tap: (tap: Tap) => void }) {
  const { open, codes } = state.demo
  return (
    <aside className="demo-tray" data-open={open} aria-label={text.demo.title}>
      <button type="button" className="demo-tray-handle" aria-expanded={open} aria-label={open ? text.demo.close : text.demo.open} onClick={() => tap({ do: 'toggle_demo' })}>
        {text.demo.mark}
      </button>
      {open ? (
        <div className="demo-tray-sheet">
          <h2>{text.demo.title}</h2>
          <p>{text.demo.line}</p>
          {codes === null ? <p>{text.demo.loading}</p> : KINDS.map((kind) => <Codes key={kind} kind={kind} codes={codes} text={text} tap={tap} />)}
        </div>
      ) : null}
    </aside>
  )
}

function Codes({ kind, codes, text, tap }: { kind: DemoCode['kind']; codes: readonly DemoCode[]; text: Catalogue; tap: (tap: Tap) => void }) {
  const some = codes.filter((code) => code.kind === kind)
  if (some.length === 0) return null
  return (
    <section>
      <h3>{text.demo.kind[kind]}</h3>
      <div className="demo-tray-codes">
        {some.map((code) => (
          <button key={code.handle} type="button" data-handle={code.handle} onClick={() => tap({ do: 'demo_scan', text: code.text })}>
            {text.of(code.label)}
          </button>
        ))}
      </div>
    </section>
  )
}
