// Whether a volunteer's restock can be booked: what was counted in, in units of issue (a carton of twelve is twelve), with
// the day it expires and who gave it. Each line becomes a lot of its own.

export interface RestockLine {
  item: string
  /** Units of issue, not packs. */
  quantity: number
  expiryDay: number | null
  /** A partner's reference, or null: bought by the programme or not known. */
  donor: string | null
}

export interface RestockableItem {
  id: string
  perishable: boolean
}

export interface RestockQuestion {
  lines: readonly RestockLine[]
  items: readonly RestockableItem[]
  donors: ReadonlySet<string>
  today: number
  linesMax: number
  unitsPerLineMax: number
}

export type RestockRefusal =
  | { code: 'nothing_counted' }
  | { code: 'too_many_lines'; linesMax: number }
  | { code: 'item_not_known'; item: string }
  | { code: 'quantity_out_of_range'; item: string; unitsMax: number }
  | { code: 'expiry_missing'; item: string }
  | { code: 'already_expired'; item: string }
  | { code: 'donor_not_known'; item: string }

export type RestockDecision = { decision: 'restock'; lines: RestockLine[] } | { decision: 'refuse'; refusal: RestockRefusal }

/** Lines of the same item, day and donor become one lot. */
export function decideRestock(question: RestockQuestion): RestockDecision {
  if (question.lines.length === 0) return refuse({ code: 'nothing_counted' })
  if (question.lines.length > question.linesMax) return refuse({ code: 'too_many_lines', linesMax: question.linesMax })
  const joined = new Map<string, RestockLine>()
  for (const line of question.lines) {
    const key = JSON.stringify([line.item, line.expiryDay, line.donor])
    // A part that is no count spoils its sum: five taken away and ten added are not five counted in.
    const counted = Number.isInteger(line.quantity) && line.quantity >= 1 ? line.quantity : Number.NaN
    joined.set(key, { ...line, quantity: (joined.get(key)?.quantity ?? 0) + counted })
  }
  for (const line of joined.values()) {
    const item = question.items.find((known) => known.id === line.item)
    if (item === undefined) return refuse({ code: 'item_not_known', item: line.item })
    if (Number.isNaN(line.quantity) || line.quantity > question.unitsPerLineMax) {
      return refuse({ code: 'quantity_out_of_range', item: line.item, unitsMax: question.unitsPerLineMax })
    }
    if (line.expiryDay === null && item.perishable) return refuse({ code: 'expiry_missing', item: line.item })
    if (line.expiryDay !== null && line.expiryDay < question.today) return refuse({ code: 'already_expired', item: line.item })
    if (line.donor !== null && !question.donors.has(line.donor)) return refuse({ code: 'donor_not_known', item: line.item })
  }
  return { decision: 'restock', lines: [...joined.values()] }
}

function refuse(refusal: RestockRefusal): RestockDecision {
  return { decision: 'refuse', refusal }
}
