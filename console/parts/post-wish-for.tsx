// A wish that staff write for a rider, in his own words, with the talk at which it was said.

import { type ReactNode, useState } from 'react'
import { meetingsDoor } from '../../contract/console/meetings.ts'
import { postWishForDoor } from '../../contract/console/wishes.ts'
import { WISH_CATEGORIES, WISH_TEXT_MAX, type WishCategory } from '../../contract/kiosk/wish-view.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { findPersonal } from '../../domain/find-personal.ts'
import { useWords } from '../text/language.tsx'
import { wishWords } from '../text/wish-words.ts'
import { ActForm } from './act-form.tsx'
import { Dialog } from './dialog.tsx'
import { Choose } from './field.tsx'
import { TextBox } from './text-box.tsx'
import { useTable } from './use-table.ts'

export function PostWishFor({ rider, onDone, onClose }: { rider: string; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const meetings = useTable(meetingsDoor, { descending: true }).answer?.rows ?? []
  const [id] = useState(() => crypto.randomUUID())
  const [category, setCategory] = useState<WishCategory>('small_need')
  const [text, setText] = useState('')
  const [shown, setShown] = useState<'named' | 'anonymous'>('anonymous')
  const [reach, setReach] = useState<'station' | 'staff_phone'>('station')
  const [meeting, setMeeting] = useState('')
  const characters = countCharacters(text)
  const found = [...new Set(findPersonal(text).map(({ kind }) => said.personal[kind]))]
  const asked = () => (text.trim() === '' || characters > WISH_TEXT_MAX ? null : { id, rider, category, text, shown, reach, meeting: meeting === '' ? null : meeting })
  return (
    <Dialog title={said.postFor} onClose={onClose}>
      <p>{said.postForLead}</p>
      <ActForm door={postWishForDoor} asked={asked} submit={said.post} onDone={onDone} onCancel={onClose}>
        <Choose label={said.category} value={category} choices={WISH_CATEGORIES.map((value) => ({ value, label: said.categories[value] }))} onChange={(event) => setCategory(WISH_CATEGORIES.find((one) => one === event.target.value) ?? category)} />
        <TextBox label={said.text} hint={found.length === 0 ? said.textHint : found.join(', ')} value={text} required maxLength={WISH_TEXT_MAX} onChange={(event) => setText(event.target.value)} />
        <Choose label={said.shown} value={shown} choices={(['anonymous', 'named'] as const).map((value) => ({ value, label: said.shownAs[value] }))} onChange={(event) => setShown(event.target.value === 'named' ? 'named' : 'anonymous')} />
        <Choose label={said.reach} value={reach} choices={(['station', 'staff_phone'] as const).map((value) => ({ value, label: said.reaches[value] }))} onChange={(event) => setReach(event.target.value === 'station' ? 'station' : 'staff_phone')} />
        <Choose label={said.ofMeeting} value={meeting} choices={[{ value: '', label: said.noMeeting }, ...meetings.map((one) => ({ value: one.id, label: one.title }))]} onChange={(event) => setMeeting(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}
