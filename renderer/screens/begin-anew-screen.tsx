// A new file in the place of one that cannot go on. Two steps, because it cannot be taken back: what is kept and what must be
// done next, then whether it is really meant.

import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import { WeighLine } from './redemptions-screen.tsx'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'begin_anew'>

export function BeginAnewScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { beginAnew: words } = text
  return (
    <Frame
      at="begin_anew"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={words.title} sub={state.layout.orientation === 'portrait' || screen.step === 'sure' ? text.syncReport.title : words.why[0]} />}
      read={
        screen.refusal !== null ? (
          <div className="refused">
            <SaidBlock said={screen.refusal.code === 'out_of_order' ? words.notAllTold(state.view?.outbox.depth ?? 0) : refusalSaid(state, text, screen.refusal)} icon="tool" tone="warm" />
          </div>
        ) : screen.step === 'what' ? (
          <WhatItDoes {...props} />
        ) : (
          <div className="weigh">
            <h2 className="display"><WholeWords text={words.sure} /></h2>
            <p className="lead lead-strong">{words.sureLine}</p>
            <p className="lead">{words.keptLines(0, 0)[0]}</p>
          </div>
        )
      }
      act={
        <div className="act-row weigh-bar">
          <Button onPress={() => tap({ do: 'back' })}>{words.keep}</Button>
          {screen.step === 'what' ? (
            <Button kind="primary" onPress={() => tap({ do: 'begin_anew_on' })}>
              {words.go}
            </Button>
          ) : (
            <Button kind="primary" onPress={() => tap({ do: 'begin_anew' })}>
              {words.confirm}
            </Button>
          )}
        </div>
      }
    />
  )
}

function WhatItDoes({ state, screen, text }: Props) {
  const { beginAnew: words } = text
  const held = screen.staff.session.sync?.held.points ?? 0
  return (
    <div className="weigh weigh-two">
      {state.layout.orientation === 'portrait' ? (
        <div>
          <h2 className="title">{words.why[0]}</h2>
          <p className="lead">{words.why[1]}</p>
        </div>
      ) : null}
      <section>
        <h2 className="panel-title">{words.kept}</h2>
        <ul className="weigh-lines">
          {words.keptLines(state.view?.outbox.depth ?? 0, held).map((line) => (
            <WeighLine key={line} icon="check" words={line} />
          ))}
        </ul>
      </section>
      <section>
        <h2 className="panel-title">{words.after}</h2>
        <ul className="weigh-lines">
          {words.afterLines.map((line) => (
            <WeighLine key={line} icon="next" words={line} />
          ))}
        </ul>
      </section>
    </div>
  )
}
