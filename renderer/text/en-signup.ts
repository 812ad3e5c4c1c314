// English words for what a rider has to be told about a sign-up.

import type { SignupWords } from './catalogue-signup.ts'

export const enSignup: SignupWords = {
  told: {
    cancelled: (reason) => ({ what: 'It is cancelled', why: reason === null ? 'Central has called it off. It costs nothing.' : `Why: ${reason}`, next: 'Look at others; one touch signs you up.' }),
    refused: {
      not_invited: { what: 'You are not signed up', why: 'It is only for those whom central invites.', next: 'Look at others, or ask the station head.' },
      list_full: { what: 'You are not signed up', why: 'The waiting list is full as well.', next: 'Look at others.' },
      training_cancelled: { what: 'You are not signed up', why: 'Central had cancelled it by then.', next: 'Look at others.' },
      training_over: { what: 'You are not signed up', why: 'The list was closed when central heard of it.', next: 'Look at others.' },
      training_unknown: { what: 'You are not signed up', why: 'Central has taken it off.', next: 'Look at others.' },
      rider_unknown: { what: 'You are not signed up', why: 'Central did not know you by then.', next: 'Sign up once more now.' },
      already_signed_up: { what: 'You had signed up', why: 'One place for each rider.', next: 'It stands among yours.' },
      not_signed_up: { what: 'You are not signed up', why: 'You had cancelled before.', next: 'Sign up once more if you like.' },
      offer_over: { what: 'The free place is gone', why: 'Your answer came too late to central.', next: 'Sign up once more if you like.' },
      untold: { what: 'You are not signed up', why: 'Central said no; its reason is on its way.', next: 'Look again once online, or at others.' },
    },
    place_lost: (place) => ({ what: 'Your place was lost', why: 'Two riders had the same one while offline.', next: place === 1 || place === null ? 'The next free place is yours. Just wait.' : `You wait as no. ${place}. Just wait.` }),
    place_again: (when) => ({ what: 'You have a place again', why: 'Your first one went to somebody while offline.', next: `Just come: ${when}` }),
    seated_twice: () => ({ what: 'Your second place is free', why: 'You had signed up at two stations.', next: 'One place is yours. Just come.' }),
    moved: (when, place) => ({ what: 'Its time or place has changed', why: `Now ${when}, ${place}`, next: 'Your place is kept. Give it up if it does not suit.' }),
  },
  brief: { place_lost: 'place lost', place_again: 'a new place', seated_twice: 'second place freed', moved: 'changed' },
  briefRefused: {
    not_invited: 'invited only', list_full: 'list is full', training_cancelled: 'cancelled', training_over: 'list closed', training_unknown: 'taken off', rider_unknown: 'try again', already_signed_up: 'already in',
    not_signed_up: 'cancelled before', offer_over: 'too late', untold: 'look',
  },
  remind: {
    place_lost: (title) => `${title}: your place was lost; see trainings`,
    place_again: (title) => `${title}: you have a place again`,
    seated_twice: (title) => `${title}: your second place is free`,
  },
  remindRefused: (title, why) => `${title}: not signed up, ${why}`,
  others: 'See others',
  again: 'Sign up again',
  noMore: 'Leave the list',
  stillComing: 'I still come',
  forSome: 'Invited only',
  forSomeLine: 'Only for those invited; central answers you.',
}
