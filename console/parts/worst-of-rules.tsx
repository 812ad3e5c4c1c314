// What the rules may cost at worst: points that lie at one station when it falls silent, and that a copy of its disk could spend once more.

import type { ReactNode } from 'react'
import { type LargestStation, RULE_RANGES, type RuleName } from '../../contract/console/rules.ts'
import { holdingsByRules, type WorstCase, worstCaseOf } from '../../domain/worst-case.ts'
import { frameWords } from '../text/frame-words.ts'
import { useOf, useWords } from '../text/language.tsx'
import { worstWords } from '../text/rule-words.ts'

export type RuleValues = ReadonlyMap<RuleName, number>

/** The station settings: whoever changes one of them sees what it may cost. */
export const SETTINGS_OF_STATIONS: ReadonlySet<RuleName> = new Set<RuleName>(['standing_allowance_points', 'top_up_points_max', 'earning_slice_points', 'spend_before_hello'])

const standingOf = (values: RuleValues): number => values.get('standing_allowance_points') ?? 0
const sliceOf = (values: RuleValues): number => values.get('earning_slice_points') ?? 0

function worstOf(values: RuleValues, largest: LargestStation): WorstCase {
  return worstCaseOf(holdingsByRules({ standingPoints: standingOf(values), earningSlicePoints: sliceOf(values) }, largest))
}

export function WorstOfRules({ values, largest }: { values: RuleValues; largest: LargestStation }): ReactNode {
  const said = useWords(worstWords)
  const { points } = useWords(frameWords)
  const of = useOf()
  const { strandedPoints, clonedDiskPoints } = worstOf(values, largest)
  const { homeRiders, mostPoints } = largest
  return (
    <>
      <h2>{said.title}</h2>
      <p className="lead">{said.lead(of(largest.station), homeRiders.toLocaleString('en'))}</p>
      <ul className="settings" aria-label={said.title}>
        <li>
          <span>
            <strong>{said.stranded}</strong>
            <span className="hint">{said.strandedHint}</span>
          </span>
          <strong className="setting-value">{points(strandedPoints)}</strong>
        </li>
        <li>
          <span>
            <strong>{said.cloned}</strong>
            <span className="hint">{said.clonedHint}</span>
          </span>
          <strong className="setting-value">{points(clonedDiskPoints)}</strong>
        </li>
      </ul>
      <p className="hint">{said.madeOf({ riders: homeRiders.toLocaleString('en'), standing: points(standingOf(values)), slice: points(sliceOf(values)), most: points(mostPoints) })}</p>
    </>
  )
}

/** What it is by a value that is only typed yet; nothing where that can not be saved. */
export function WorstIf({ values, name, typed, largest }: { values: RuleValues; name: RuleName; typed: number; largest: LargestStation }): ReactNode {
  const said = useWords(worstWords)
  const { points } = useWords(frameWords)
  const [min, max] = RULE_RANGES[name]
  const isSavable = Number.isInteger(typed) && typed >= min && typed <= max
  const { strandedPoints, clonedDiskPoints } = worstOf(new Map([...values, [name, typed]]), largest)
  const why = said.unmovedBy[name]
  return (
    <div role="status">
      {isSavable && (
        <p className="said" data-tone="warm">
          {said.byTyped(points(strandedPoints), points(clonedDiskPoints))}
          {why !== undefined && ` ${why}`}
        </p>
      )}
    </div>
  )
}
