// Goods as they are counted in: the lines at one side, the touched line's number, date and giver at the other, one act to
// put it all on the shelf. In low reach the lines are only read, and the hand walks them with two keys.

import type { LineProblem } from '../flow/counting.ts'
import type { CountedLine } from '../flow/flow-state.ts'
import { type RestockPages, restockPages } from '../flow/restock-pages.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { entryOf, itemName, refusalSaid } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'
import { Keypad } from '../parts/keypad.tsx'
import { Pager } from '../parts/pager.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { CountedLineEditor } from './counted-line-editor.tsx'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'restock'>

export function RestockScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { lines } = screen.staff
  const selected = lines.find((line) => line.line === screen.selected) ?? null
  const { units, problems } = restockPages(state, screen)
  const portrait = state.layout.orientation === 'portrait'
  const saidInRead = state.lowReach || !portrait
  const total = text.restock.total(units, lines.length)
  const warning = screen.refusal !== null ? refusalSaid(state, text, screen.refusal).what : problemSaid(text, problems)
  const editor = screen.typed !== null ? <TypedKeypad {...props} /> : selected === null ? null : <CountedLineEditor {...props} line={selected} />
  const list = lines.length === 0 ? <NothingCounted {...props} /> : <CountedLines {...props} />
  const said = screen.typed === null ? null : <TypedDigits {...props} />
  return (
    <Frame
      at="restock"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      sides={editor !== null}
      fill={editor === null ? 'read' : 'touch'}
      head={<HeadWords title={text.restock.title} sub={portrait || lines.length === 0 ? text.restock.line : warning === null ? total : `${total} · ${warning}`} />}
      read={
        <>
          {said === null || !saidInRead ? list : null}
          {saidInRead ? said : null}
        </>
      }
      {...(editor === null
        ? {}
        : {
            touch: (
              <>
                {saidInRead ? null : said}
                {editor}
              </>
            ),
          })}
      {...(lines.length === 0 || screen.typed !== null
        ? {}
        : {
            act: (
              <div className="act-row act-restock">
                {portrait ? (
                  <div className="act-words">
                    <p className="act-strong">{total}</p>
                    {warning === null ? null : (
                      <p className="act-note" data-tone="warm">
                        {warning}
                      </p>
                    )}
                  </div>
                ) : null}
                <Button kind="primary" dimmed={problemSaid(text, problems) !== null} onPress={() => tap({ do: 'restock' })}>
                  {text.restock.commit}
                </Button>
              </div>
            ),
          })}
    />
  )
}

/** The missing dates first: they are asked for, a past one is said on its own line too. */
function problemSaid(text: Catalogue, problems: RestockPages['problems']): string | null {
  if (problems.needs_expiry > 0) return text.restock.needsExpiry(problems.needs_expiry)
  return problems.expired > 0 ? text.restock.linesExpired(problems.expired) : null
}

function CountedLines({ state, screen, text, tap }: Props) {
  const { lines, page, pages } = restockPages(state, screen)
  return (
    <div className="counted">
      <ul className="counted-lines" >
        {lines.map(({ counted, problem, isSelected }) => (
          <li key={counted.line} className="counted-item">
            <CountedRow state={state} screen={screen} text={text} tap={tap} line={counted} chosen={isSelected} problem={problem} />
          </li>
        ))}
      </ul>
      {pages === 1 || state.lowReach ? null : (
        <Pager
          label={text.parts.page(page + 1, pages)}
          previousWord={text.parts.previousPage}
          nextWord={text.parts.nextPage}
          position={`${page + 1} / ${pages}`}
          atStart={page === 0}
          atEnd={page >= pages - 1}
          onTurn={(to) => tap({ do: 'turn_page', to })}
        />
      )}
    </div>
  )
}

function CountedRow({ state, screen, text, tap, line, chosen, problem }: Props & { line: CountedLine; chosen: boolean; problem: LineProblem | null }) {
  const entry = entryOf(state, line.item)
  const date = line.expiry === 'unset' ? text.restock.expiryUnset : line.expiry === 'none' ? text.restock.expiryNone : state.layout.orientation === 'landscape' ? text.day(line.expiry.day) : text.restock.expiryOn(text.day(line.expiry.day))
  const donor = screen.staff.session.donors.find((one) => one.id === line.donor)
  const words = (
    <>
      <ItemPicture picture={entry?.picture ?? ''} tint={entry?.tint ?? 'sand'} />
      <span className="counted-words">
        <span className="counted-name">{itemName(state, text, line.item)}</span>
        <span className="counted-lot" data-tone={problem === null ? 'calm' : 'warm'}>
          {problem !== null ? <Icon name="warning" /> : null}
          <span>{problem === 'expired' ? text.restock.expired : donor === undefined || state.layout.orientation === 'landscape' ? date : `${date} · ${text.of(donor.name)}`}</span>
        </span>
      </span>
      <span className="counted-units">{line.quantity}</span>
    </>
  )
  if (state.lowReach) {
    return (
      <div className="counted-row" data-chosen={chosen ? '' : undefined}>
        {words}
      </div>
    )
  }
  return (
    <button type="button" className="touch counted-row" aria-pressed={chosen} data-chosen={chosen ? '' : undefined} onClick={() => tap({ do: 'select_line', line: line.line })}>
      {words}
    </button>
  )
}

function NothingCounted({ text }: Props) {
  return (
    <div className="plain-say">
      <span className="say-icon" data-tone="calm">
        <Icon name="scan" />
      </span>
      <h2 className="display"><WholeWords text={text.restock.emptyNext} /></h2>
      <p className="lead">{text.restock.empty}</p>
    </div>
  )
}

function TypedDigits({ screen, text }: Props) {
  const { typed } = screen
  if (typed === null) return null
  const hint = typed.field === 'quantity' ? text.restock.quantityHint : typed.wrong ? text.restock.dateWrong : text.restock.dateHint
  return (
    <div className="typed">
      <p className="typed-digits" data-empty={typed.digits === '' ? '' : undefined}>
        {typed.field === 'expiry' ? spacedDate(typed.digits) : typed.digits === '' ? '0' : typed.digits}
      </p>
      <p className="typed-hint" role="status" data-tone={typed.field === 'expiry' && typed.wrong ? 'warm' : 'calm'}>
        {hint}
      </p>
    </div>
  )
}

function TypedKeypad({ screen, text, tap }: Props) {
  return (
    <div className="typing">
      <Keypad
        label={screen.typed?.field === 'expiry' ? text.restock.typeDate : text.restock.quantityHint}
        eraseWord={text.parts.delete}
        doneWord={text.parts.done}
        onDigit={(digit) => tap({ do: 'type_digit', digit })}
        onErase={() => tap({ do: 'type_delete' })}
        onDone={() => tap({ do: 'type_done' })}
      />
      <Button onPress={() => tap({ do: 'type_cancel' })}>{text.parts.cancel}</Button>
    </div>
  )
}

/** 20270131 → "2027-01-31", with the digits that are still to come as dots. */
function spacedDate(digits: string): string {
  const padded = digits.padEnd(8, '·')
  return `${padded.slice(0, 4)}-${padded.slice(4, 6)}-${padded.slice(6, 8)}`
}
