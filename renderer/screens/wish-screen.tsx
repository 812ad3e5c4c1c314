// One wish, whole. On the wall: with the code by which a partner's phone takes it on. His own: how it stands, what was said of it,
// and what he may do now.

import type { OwnWish } from '../../contract/kiosk/wish-view.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid, utcOffsetOf } from '../flow/selectors.ts'
import { todayOf } from '../flow/trainings.ts'
import { ownWishOf, wallWishOf, wishActs } from '../flow/wishes.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { QrPicture } from '../parts/qr-picture.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import { OwnWishState, WallWishState } from '../parts/wish-state.tsx'
import { dayOf } from '../../domain/calendar.ts'
import { sayDay } from '../text/say-day.ts'

export function WallWishScreen({ state, screen, text, tap }: ScreenProps<'wall_wish'>) {
  const wish = wallWishOf(state, screen.wish)
  const stationName = wish?.stationName ?? null
  return (
    <Frame
      at="wall_wish"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={wish === null ? text.wishes.title : text.wishes.category[wish.category]} sub={stationName === null ? null : text.of(stationName)} />}
      read={
        wish === null ? (
          <div className="refused">
            <SaidBlock said={refusalSaid(state, text, { code: 'wish_unknown' })} icon="wish" tone="calm" />
          </div>
        ) : (
          <div className="wish-page">
            <blockquote className="wish-whole" data-long={wish.text.length > 60 ? '' : undefined}>
              {wish.text}
            </blockquote>
            <p className="wish-by">
              <WallWishState wish={wish} text={text} />
              <span>
                {wish.who ?? text.wishes.somebody} · {text.wishes.posted(text.ago(Math.max(0, state.wallMs - wish.postedAtMs)))}
              </span>
            </p>
            {wish.state === 'open' ? <ClaimCall url={wish.claimUrl} text={text} /> : null}
          </div>
        )
      }
    />
  )
}

function ClaimCall({ url, text }: { url: string | null; text: ScreenProps<'wall_wish'>['text'] }) {
  return (
    <section className="claim-call">
      {url === null ? null : <QrPicture text={url} spoken={text.wishes.claimLine} />}
      <div className="claim-words">
        <h2 className="panel-title">{text.wishes.claimTitle}</h2>
        <p>{url === null ? text.wishes.claimOffline : text.wishes.claimLine}</p>
      </div>
    </section>
  )
}

type Own = ScreenProps<'wish'>

export function OwnWishScreen(props: Own) {
  const { state, screen, text, tap } = props
  const wish = ownWishOf(screen.rider, screen.wish)
  return (
    <Frame
      at="wish"
      state={state}
      text={text}
      tap={tap}
      back={screen.asked === null}
      finish
      fill="read"
      head={<HeadWords title={text.wishes.title} sub={wish === null ? null : `${text.wishes.category[wish.category]} · ${text.wishes.posted(text.ago(Math.max(0, state.wallMs - wish.postedAtMs)))}`} />}
      read={wish === null || screen.refusal !== null || screen.step === 'withdraw' ? <SaidFirst {...props} wish={wish} /> : <OwnPage {...props} wish={wish} />}
      {...(wish === null ? {} : { act: <Acts {...props} wish={wish} /> })}
    />
  )
}

function SaidFirst({ state, screen, text, wish }: Own & { wish: OwnWish | null }) {
  const { wishes } = text
  const said =
    screen.refusal !== null
      ? refusalSaid(state, text, screen.refusal)
      : wish === null
        ? refusalSaid(state, text, { code: 'wish_unknown' })
        : { what: wishes.withdrawSure, why: wish.text ?? wishes.unreadable, next: wishes.withdrawSureLine }
  return (
    <div className="refused">
      <SaidBlock said={said} icon="wish" tone={screen.refusal === null ? 'calm' : 'warm'} />
    </div>
  )
}

function OwnPage({ state, text, wish }: Own & { wish: OwnWish }) {
  const { wishes } = text
  const partnerWords = wish.fulfilment?.words ?? null
  const by = wish.claim === null ? null : wish.claim.by.join(text.htmlLang === 'zh-CN' ? '、' : ', ')
  const until = wish.claim === null ? '' : sayDay(dayOf(wish.claim.untilMs, utcOffsetOf(state)), todayOf(state), text)
  return (
    <div className="wish-page">
      <blockquote className="wish-whole" data-unreadable={wish.text === null ? '' : undefined} data-long={(wish.text?.length ?? 0) > 60 ? '' : undefined}>
        {wish.text ?? (wish.state === 'withdrawn' ? wishes.takenBack : wishes.unreadable)}
      </blockquote>
      <div className="wish-standing">
        <OwnWishState wish={wish} text={text} />
        {by === null ? null : <p>{wish.state === 'claimed' ? wishes.claimedBy(by, until) : wishes.litBy(by)}</p>}
        {wish.staffWords === null ? null : <p>{wishes.staffSaid(wish.staffWords)}</p>}
        {partnerWords === null ? null : <p>{wishes.partnerSaid(partnerWords)}</p>}
        <p className="wish-next">{wish.notYet && wish.state === 'claimed' ? wishes.notYet : wishes.ownNext[wish.state]}</p>
      </div>
    </div>
  )
}

function Acts({ screen, text, tap, wish }: Own & { wish: OwnWish }) {
  const { wishes } = text
  const isAsked = screen.asked !== null
  const acts = wishActs(wish)
  if (screen.refusal !== null) {
    return (
      <div className="act-row">
        <Button kind="primary" onPress={() => tap({ do: 'back' })}>
          {text.parts.close}
        </Button>
      </div>
    )
  }
  if (screen.step === 'withdraw') {
    return (
      <div className="act-row weigh-bar">
        <Button dimmed={isAsked} onPress={() => tap({ do: 'withdraw_wish' })}>
          {isAsked ? wishes.asking : wishes.withdrawConfirm}
        </Button>
        <Button kind="primary" onPress={() => tap({ do: 'keep_wish' })}>
          {wishes.keep}
        </Button>
      </div>
    )
  }
  if (acts.confirm) {
    return (
      <div className="act-row weigh-bar">
        <Button dimmed={isAsked} onPress={() => tap({ do: 'confirm_wish', reached: false })}>
          {wishes.notReached}
        </Button>
        <Button kind="primary" dimmed={isAsked} onPress={() => tap({ do: 'confirm_wish', reached: true })}>
          {isAsked ? wishes.asking : wishes.reached}
        </Button>
      </div>
    )
  }
  if (!acts.withdraw) {
    return (
      <div className="act-row">
        <Button kind="primary" onPress={() => tap({ do: 'back' })}>
          {text.parts.close}
        </Button>
      </div>
    )
  }
  return (
    <div className="act-row weigh-bar">
      <Button onPress={() => tap({ do: 'withdraw_wish' })}>{wishes.withdraw}</Button>
      {acts.edit ? (
        <Button kind="primary" onPress={() => tap({ do: 'edit_wish', wish: wish.wish })}>
          {wishes.edit}
        </Button>
      ) : (
        <Button kind="primary" onPress={() => tap({ do: 'back' })}>
          {text.parts.close}
        </Button>
      )}
    </div>
  )
}
