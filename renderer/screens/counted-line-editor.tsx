// One counted lot under the hand: how many, good until when, given by whom; another lot of the same goods; or away with it.

import { EXPIRY_MONTHS, isPerishable } from '../flow/counting.ts'
import type { CountedLine } from '../flow/flow-state.ts'
import { linesNewestFirst } from '../flow/restock-pages.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Stepper } from '../parts/stepper.tsx'

type Props = ScreenProps<'restock'> & { line: CountedLine }

/** With more givers than this they are walked through instead of laid out. */
const DONORS_LAID_OUT_MAX = 8

export function CountedLineEditor(props: Props) {
  const { state, screen, text, tap, line } = props
  const roomy = state.layout.orientation === 'portrait' && !state.lowReach && screen.staff.session.donors.length <= DONORS_LAID_OUT_MAX
  return (
    <div className="editor">
      <div className="editor-row editor-count">
        {state.lowReach ? <LineWalk {...props} /> : null}
        <Stepper
          number={line.quantity}
          lessWord={text.parts.fewer}
          moreWord={text.parts.more}
          onLess={() => tap({ do: 'change_quantity', line: line.line, by: -1 })}
          onMore={() => tap({ do: 'change_quantity', line: line.line, by: 1 })}
          onNumber={{ word: `${text.restock.quantityHint} ${line.quantity}`, press: () => tap({ do: 'type_quantity', line: line.line }) }}
        />
        <Button icon="plus" onPress={() => tap({ do: 'add_lot', line: line.line })}>
          {text.restock.addLot}
        </Button>
        <Button icon="trash" onPress={() => tap({ do: 'remove_line', line: line.line })}>
          {text.parts.remove}
        </Button>
      </div>
      <ExpiryChoice {...props} />
      {roomy ? <DonorChoice {...props} /> : state.lowReach && state.layout.orientation === 'landscape' ? <DonorTurn {...props} /> : <DonorWalk {...props} />}
    </div>
  )
}

/** In low reach the lines are out of the hand's way: two keys walk them. */
function LineWalk({ screen, text, tap, line }: Props) {
  const lines = linesNewestFirst(screen.staff)
  const now = lines.findIndex((one) => one.line === line.line)
  const walk = (by: 1 | -1) => (): void => {
    const next = lines[(now + by + lines.length) % lines.length]
    if (next !== undefined) tap({ do: 'select_line', line: next.line })
  }
  return (
    <>
      <Button className="walk" icon="up" spoken={text.parts.previousPage} onPress={walk(-1)}>
        {null}
      </Button>
      <Button className="walk" icon="dropdown" spoken={text.parts.nextPage} onPress={walk(1)}>
        {null}
      </Button>
    </>
  )
}

function ExpiryChoice({ screen, state, text, tap, line }: Props) {
  const spoils = state.view === null || isPerishable(state.view, line.item)
  const typed = typeof line.expiry === 'object' ? text.day(line.expiry.day) : null
  return (
    <div className="editor-expiry" role="group" aria-label={text.restock.expiry}>
      <p className="editor-label">{text.restock.expiry}</p>
      <div className="chips expiry-chips">
        {state.lowReach && state.layout.orientation === 'landscape'
          ? null
          : EXPIRY_MONTHS.map((months) => (
              <button key={months} type="button" className="touch chip" onClick={() => tap({ do: 'expiry_in_months', line: line.line, months })}>
                {text.restock.months(months)}
              </button>
            ))}
        <button
          type="button"
          className="touch chip"
          aria-pressed={typed !== null || screen.typed?.field === 'expiry'}
          onClick={() => tap({ do: 'type_expiry', line: line.line })}
        >
          {typed ?? text.restock.typeDate}
        </button>
        {spoils ? null : (
          <button type="button" className="touch chip" aria-pressed={line.expiry === 'none'} onClick={() => tap({ do: 'expiry_none', line: line.line })}>
            {text.restock.expiryNone}
          </button>
        )}
      </div>
    </div>
  )
}

function DonorChoice({ screen, text, tap, line }: Props) {
  return (
    <div className="editor-donor" role="group" aria-label={text.restock.donor}>
      <p className="editor-label">{text.restock.donor}</p>
      <div className="chips donor-chips">
        <button type="button" className="touch chip" aria-pressed={line.donor === null} onClick={() => tap({ do: 'choose_donor', line: line.line, donor: null })}>
          {text.restock.donorNone}
        </button>
        {screen.staff.session.donors.map((donor) => (
          <button key={donor.id} type="button" className="touch chip" aria-pressed={line.donor === donor.id} onClick={() => tap({ do: 'choose_donor', line: line.line, donor: donor.id })}>
            {text.of(donor.name)}
          </button>
        ))}
      </div>
    </div>
  )
}

/** No room for two keys beside the name: touching the name takes the next one. */
function DonorTurn({ screen, text, tap, line }: Props) {
  const donors = screen.staff.session.donors
  return (
    <button type="button" className="touch chip donor-turn" onClick={() => tap({ do: 'choose_donor', line: line.line, donor: donorBeside(donors, line.donor, 1) })}>
      <span className="editor-walk-now">
        <span className="editor-label">{text.restock.donor}</span>
        <span className="editor-walk-name">{donorName(donors, line.donor, text)}</span>
      </span>
    </button>
  )
}

type Donors = Props['screen']['staff']['session']['donors']

function donorName(donors: Donors, donor: string | null, text: Props['text']): string {
  const named = donors.find((one) => one.id === donor)
  return named === undefined ? text.restock.donorNone : text.of(named.name)
}

/** The giver before or after this one, round and round, with nobody as the first. */
function donorBeside(donors: Donors, donor: string | null, by: 1 | -1): string | null {
  const choices = [null, ...donors.map((one) => one.id)]
  return choices[(choices.indexOf(donor) + by + choices.length) % choices.length] ?? null
}

function DonorWalk({ screen, text, tap, line }: Props) {
  const donors = screen.staff.session.donors
  const choose = (by: 1 | -1) => (): void => tap({ do: 'choose_donor', line: line.line, donor: donorBeside(donors, line.donor, by) })
  return (
    <div className="editor-walk" role="group" aria-label={text.restock.donor}>
      <Button icon="previous" spoken={text.parts.previousPage} onPress={choose(-1)}>
        {null}
      </Button>
      <p className="editor-walk-now" aria-live="polite">
        <span className="editor-label">{text.restock.donor}</span>
        <span className="editor-walk-name">{donorName(donors, line.donor, text)}</span>
      </p>
      <Button icon="next" spoken={text.parts.nextPage} onPress={choose(1)}>
        {null}
      </Button>
    </div>
  )
}
