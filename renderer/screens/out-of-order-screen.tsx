// What does not work, what still does, whom to call. Rest is always among what works.

import type { Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

const WORKS = ['rest', 'checkin', 'redemption'] as const satisfies readonly Trouble['works'][number][]

export function OutOfOrderScreen({ state, screen, text, tap }: ScreenProps<'out_of_order'>) {
  const hotline = state.view?.station?.hotline ?? null
  const said = screen.why.kind === 'station_gone' ? text.outOfOrder.gone : text.outOfOrder.trouble[screen.why.trouble.code]
  const works: readonly Trouble['works'][number][] = screen.why.kind === 'station_gone' ? ['rest'] : screen.why.trouble.works
  return (
    <Frame
      at="out_of_order"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="out-of-order">
          <SaidBlock said={said} icon="tool" tone="calm" />
          <ul className="works">
            {WORKS.map((work) => (
              <li key={work} className="works-line" data-works={works.includes(work) ? '' : undefined}>
                <Icon name={works.includes(work) ? 'check' : 'close'} />
                <span className="works-name">{text.outOfOrder.work[work]}</span>
                <span className="works-word">{works.includes(work) ? text.outOfOrder.works : text.outOfOrder.stopped}</span>
              </li>
            ))}
          </ul>
          <p className="hotline">
            <Icon name="phone" />
            <span>{hotline === null ? text.outOfOrder.callNobody : text.outOfOrder.call(hotline)}</span>
          </p>
        </div>
      }
      {...(screen.behind === null
        ? {}
        : {
            act: (
              <div className="act-row">
                <Button kind="plain" onPress={() => tap({ do: 'close' })}>
                  {text.parts.close}
                </Button>
              </div>
            ),
          })}
    />
  )
}
