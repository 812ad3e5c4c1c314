// Days and periods as plain numbers. A day is counted from 1970-01-01 in the programme's local time, so that limits,
// expiry dates and "today" mean what the calendar on the wall says. Knows no clock: the time comes in from outside.

export type Period = 'day' | 'week' | 'month' | 'halfyear'

const DAY_MS = 86_400_000

/** The local day of a wall-clock time; `utcOffsetMinutes` is 480 for China. */
export function dayOf(wallMs: number, utcOffsetMinutes: number): number {
  return Math.floor((wallMs + utcOffsetMinutes * 60_000) / DAY_MS)
}

/** The wall-clock time at which a local day begins. */
export function dayStartMs(day: number, utcOffsetMinutes: number): number {
  return day * DAY_MS - utcOffsetMinutes * 60_000
}

/** First day of the period that `day` lies in; a week begins on Monday, a half-year on 1 January or 1 July. */
export function periodStartDay(period: Period, day: number): number {
  switch (period) {
    case 'day':
      return day
    case 'week':
      return day - ((((day + 3) % 7) + 7) % 7)
    case 'month': {
      const { year, month } = civilOfDay(day)
      return dayOfCivil({ year, month, dayOfMonth: 1 })
    }
    case 'halfyear': {
      const { year, month } = civilOfDay(day)
      return dayOfCivil({ year, month: month <= 6 ? 1 : 7, dayOfMonth: 1 })
    }
  }
}

export interface CivilDate {
  year: number
  /** 1..12 */
  month: number
  /** 1..31 */
  dayOfMonth: number
}

/** Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil). */
export function dayOfCivil({ year, month, dayOfMonth }: CivilDate): number {
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function civilOfDay(day: number): CivilDate {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
  }
}

/** The day of a date as people type it, or null where the calendar has no such date. */
export function dayOfTypedDate(year: number, month: number, dayOfMonth: number): number | null {
  if (![year, month, dayOfMonth].every(Number.isInteger)) return null
  if (year < 1970 || year > 2200) return null
  const day = dayOfCivil({ year, month, dayOfMonth })
  const back = civilOfDay(day)
  return back.year === year && back.month === month && back.dayOfMonth === dayOfMonth ? day : null
}
