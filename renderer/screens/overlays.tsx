// What lies over a screen: a short line that passes, somebody else at the door, and the last call before all is put away.
// The latter two cover everything, so that nothing personal shows behind them.

import type { FlowState, Tap } from '../flow/flow-state.ts'
import { noticeTone } from '../flow/notice-tone.ts'
import { noticeText, type Overlay, overlayOf } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import type { Catalogue } from '../text/catalogue.ts'

interface OverlayProps {
  state: FlowState
  text: Catalogue
  tap: (tap: Tap) => void
}

export function Overlays(props: OverlayProps) {
  const overlay = overlayOf(props.state)
  return (
    <>
      <NoticeLine {...props} />
      {overlay === null ? null : overlay.kind === 'idle' ? <IdleWarning {...props} secondsLeft={overlay.secondsLeft} /> : <Knock {...props} overlay={overlay} />}
    </>
  )
}

function NoticeLine({ state, text }: OverlayProps) {
  const { notice } = state
  return (
    <div className="notice-place" role="status" aria-live="assertive">
      {notice === null ? null : (
        <p className="notice" data-kind={notice.notice.kind}>
          <Icon name={noticeTone(notice.notice) === 'good' ? 'check' : 'warning'} />
          <span>{noticeText(state, text)}</span>
        </p>
      )}
    </div>
  )
}

function IdleWarning({ text, tap, secondsLeft }: OverlayProps & { secondsLeft: number }) {
  return (
    <div className="cover" role="alertdialog" aria-modal="true" aria-labelledby="cover-title" onClick={() => tap({ do: 'stay' })}>
      <div className="cover-read">
        <h1 id="cover-title" className="display">
          {text.idle.title}
        </h1>
        <p className="cover-number">{text.idle.seconds(secondsLeft)}</p>
        <p className="lead">{text.idle.line}</p>
      </div>
      <div className="cover-acts">
        <Button kind="primary" onPress={() => tap({ do: 'stay' })}>
          {text.idle.stay}
        </Button>
      </div>
    </div>
  )
}

function Knock({ text, tap, overlay: { holder, openLines, registering } }: OverlayProps & { overlay: Extract<Overlay, { kind: 'knock' }> }) {
  return (
    <div className="cover" role="alertdialog" aria-modal="true" aria-labelledby="cover-title">
      <div className="cover-read">
        <span className="say-icon" data-tone="calm">
          <Icon name="person" />
        </span>
        <h1 id="cover-title" className="display">
          {text.knock.title}
        </h1>
        <p className="lead">{text.knock.line[holder]}</p>
        {openLines === 0 ? null : <p className="act-strong">{text.staffHome.counted(openLines)}</p>}
        {registering === null ? null : <p className="act-strong">{text.knock.registering[registering]}</p>}
      </div>
      <div className="cover-acts">
        <Button className="cover-plain" onPress={() => tap({ do: 'answer_knock', letIn: false })}>
          {text.knock.keep}
        </Button>
        <Button kind="primary" onPress={() => tap({ do: 'answer_knock', letIn: true })}>
          {text.knock.letIn}
        </Button>
      </div>
    </div>
  )
}
