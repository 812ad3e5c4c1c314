// Writing a wish at the kiosk: letters to words, what is asked, the one touch that posts; nothing of it is left afterwards.

import { expect, test } from 'vitest'
import { guessCategory } from '../../../renderer/flow/wish-typing.ts'
import { keysOf } from '../../../renderer/pinyin/nine-keys.ts'
import { openKioskDictionary } from '../pinyin/open-kiosk-dictionary.ts'
import { type DrivenFlow, greetRider, SESSION } from './driven-flow.ts'

const dictionary = openKioskDictionary()
const WISH = '00000000-0000-4000-8000-00000000beef'

function writing(): DrivenFlow {
  const flow = greetRider()
  flow.send({ type: 'dictionary_came', dictionary })
  flow.taps({ do: 'show_wishes', tab: 'wall' }, { do: 'write_wish' })
  return flow
}

function type(flow: DrivenFlow, letters: string): void {
  for (const letter of letters) flow.tap({ do: 'type_key', key: { kind: 'letter', letter } })
}

test('Three touches beside the words: wishes, write, post', () => {
  const flow = writing()
  type(flow, 'xiangyaoyishuangshoutao')
  flow.tap({ do: 'typing_done' })
  expect(flow.screen('wish_check')).toMatchObject({ category: 'small_need', shown: 'anonymous', reach: 'station' })
  flow.tap({ do: 'post_wish' })
  expect(flow.asked('post_wish')).toEqual({
    session: SESSION, request: expect.any(String) as string, category: 'small_need', text: '想要一双手套', shown: 'anonymous', reach: 'station',
  })
  flow.answer('post_wish', { wish: WISH })
  expect([flow.state().screen.at, flow.state().notice?.notice]).toEqual(['wishes', { kind: 'wish_noted', what: 'posted', sent: true }])
})

test('A small panel in low reach has keys too: a wish is posted by nine of them', () => {
  const flow = writing()
  flow.tap({ do: 'toggle_low_reach' })
  type(flow, keysOf('xiangyaoyishuangshoutao'))
  flow.taps({ do: 'typing_done' }, { do: 'post_wish' })
  expect(flow.asked('post_wish')).toMatchObject({ text: '想要一双手套' })
})

test('Turned to low reach, a sheet of candidates begins anew: it holds fewer', () => {
  const flow = writing()
  type(flow, 'li')
  flow.taps({ do: 'type_key', key: { kind: 'page', by: 1 } }, { do: 'type_key', key: { kind: 'page', by: 1 } }, { do: 'toggle_low_reach' })
  expect(flow.screen('wish_typing').typing).toMatchObject({ page: 0, composition: { letters: 'li' } })
})

test('Nothing written is not posted, and one touch on "post" is one wish', () => {
  const flow = writing()
  flow.tap({ do: 'typing_done' })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['wish_typing', 'nothing_written'])
  type(flow, 'shoutao')
  flow.taps({ do: 'typing_done' }, { do: 'post_wish' }, { do: 'post_wish' })
  expect(flow.state().asks.filter(({ name }) => name === 'post_wish')).toHaveLength(1)
})

test('What was typed is not lost by one slip: back and finish ask first', () => {
  const flow = writing()
  type(flow, 'shoutao')
  flow.tap({ do: 'back' })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['wish_typing', 'words_unposted'])
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('wishes')
  flow.tap({ do: 'write_wish' })
  type(flow, 'shoutao')
  flow.tap({ do: 'finish' })
  expect(flow.state().screen.at).toBe('wish_typing')
})

test('From what is asked back to the words, which are still there', () => {
  const flow = writing()
  type(flow, 'shouji')
  flow.taps({ do: 'typing_done' }, { do: 'toggle_wish_name' }, { do: 'back' })
  expect(flow.screen('wish_typing').typing.text).toBe('手机')
})

test('What the station refuses is said, and the words are kept', () => {
  const flow = writing()
  type(flow, 'shouji')
  flow.taps({ do: 'typing_done' }, { do: 'post_wish' })
  flow.refuse('post_wish', { code: 'wishes_full', wishesMax: 3 })
  expect(flow.screen('wish_check')).toMatchObject({ asked: null, refusal: { code: 'wishes_full' }, typing: { text: '手机' } })
})

test('When the session ends nothing of the words is left, in the state or in what the next one is offered', () => {
  const flow = writing()
  type(flow, 'shoutao')
  flow.tap({ do: 'type_key', key: { kind: 'pick', index: 0 } })
  const written = flow.screen('wish_typing').typing.text
  expect(written).toBe('手套')
  flow.taps({ do: 'finish' }, { do: 'finish' })
  flow.show({ session: null })
  const { dictionary: _shared, ...rest } = flow.state()
  expect([rest.screen.at, JSON.stringify(rest).includes(written)]).toEqual(['attract', false])
})

test('Nobody there: the words are forgotten with the session', () => {
  const flow = writing()
  type(flow, 'shoutao')
  flow.wait(90_000 + 21_000)
  const { dictionary: _shared, ...rest } = flow.state()
  expect([rest.screen.at, JSON.stringify(rest).includes('shoutao')]).toEqual(['attract', false])
})

test('The kind is guessed from the words', () => {
  expect(['站里能不能多个充电口', '小区保安不让进', '想学唱歌', '想要一双手套'].map(guessCategory)).toEqual(['hard_charging', 'hard_entry', 'small_dream', 'small_need'])
})
