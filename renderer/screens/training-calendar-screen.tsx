// Whole weeks from this one on; a day with something on is touched to see it.

import { civilOfDay } from '../../domain/calendar.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { type CalendarDay, calendarPage, todayOf } from '../flow/trainings.ts'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'

type Props = ScreenProps<'training_calendar'>

export function TrainingCalendarScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { rows, page, pages } = calendarPage(state, screen)
  return (
    <Frame
      at="training_calendar"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.trainings.calendar} sub={text.trainings.calendarLine} />}
      {...(state.lowReach ? { read: <p className="display training-way">{text.trainings.calendarLine}</p> } : {})}
      touch={
        <div className="calendar" style={{ '--rows': rows.length } as React.CSSProperties}>
          {text.trainings.weekdays.map((weekday) => (
            <span key={weekday} className="calendar-weekday">
              {weekday}
            </span>
          ))}
          {rows.flatMap((week) => week.map((day) => <Day key={day.day} day={day} {...props} />))}
        </div>
      }
      {...(pages === 1
        ? {}
        : {
            act: (
              <div className="act-row trainings-bar">
                <Pager
                  label={text.parts.page(page + 1, pages)}
                  previousWord={text.parts.previousPage}
                  nextWord={text.parts.nextPage}
                  position={`${page + 1} / ${pages}`}
                  atStart={page === 0}
                  atEnd={page >= pages - 1}
                  onTurn={(to) => tap({ do: 'turn_page', to })}
                />
              </div>
            ),
          })}
    />
  )
}

function Day({ day: { day, trainings, mine, past }, state, text, tap }: Props & { day: CalendarDay }) {
  const { month, dayOfMonth } = civilOfDay(day)
  const isToday = day === todayOf(state)
  const number = (
    <>
      <span className="calendar-number">
        {dayOfMonth === 1 || isToday ? <span className="calendar-month">{isToday ? text.trainings.today : text.trainings.month(month)}</span> : null}
        <strong>{dayOfMonth}</strong>
      </span>
      {trainings === 0 ? null : (
        <span className="calendar-count">
          {mine ? <Icon name="check" /> : null}
          {text.trainings.trainingsOnDay(trainings)}
        </span>
      )}
    </>
  )
  if (trainings === 0) {
    return (
      <span className="calendar-day" data-past={past ? '' : undefined} data-today={isToday ? '' : undefined}>
        {number}
      </span>
    )
  }
  return (
    <button type="button" className="touch calendar-day" data-mine={mine ? '' : undefined} data-today={isToday ? '' : undefined} onClick={() => tap({ do: 'show_trainings', by: { kind: 'day', day } })}>
      {number}
    </button>
  )
}
