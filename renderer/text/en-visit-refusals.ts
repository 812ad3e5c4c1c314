// English words for what the station refuses around trainings, wishes and registering.

import type { Catalogue } from './catalogue.ts'
import type { VisitRefusalCode } from './catalogue-visit.ts'

export const enVisitRefusals: Pick<Catalogue['refused']['words'], VisitRefusalCode> = {
  training_unknown: () => ({ what: 'This training is gone', why: 'Central has just taken it off.', next: 'Look at the others.' }),
  training_cancelled: () => ({ what: 'This training was cancelled', why: 'Central has called it off.', next: 'Look at the others.' }),
  training_over: () => ({ what: 'Too late to sign up', why: 'It has begun, or the list is closed.', next: 'Look at the next one.' }),
  already_signed_up: () => ({ what: 'You have signed up already', why: 'One place each.', next: 'It is under “Mine”.' }),
  not_signed_up: () => ({ what: 'You are not on this list', why: 'Perhaps you cancelled before.', next: 'Sign up again if you like.' }),
  clash: () => ({ what: 'You have another one then', why: 'The two overlap in time.', next: 'Tap again to sign up all the same.' }),
  offer_over: () => ({ what: 'That place went to the next', why: 'The time to answer was over.', next: 'You are still waiting; we will tell you.' }),
  not_hosted_here: () => ({ what: 'This training is held elsewhere', why: 'Attendance is taken at its station.', next: 'Please go there.' }),
  signups_full: ({ signupsMax }) => ({ what: `At most ${signupsMax} at a time`, why: 'So that others get places too.', next: 'Cancel one first.' }),
  words_not_sealable: () => ({ what: 'Nothing can be written here yet', why: 'Words can not be kept safely here yet.', next: 'Come back later, or ask the staff.' }),
  wish_unknown: () => ({ what: 'This wish is gone', why: 'It may have been taken down.', next: 'Go back to the others.' }),
  wish_empty: () => ({ what: 'Nothing written yet', why: 'Nobody can read an empty wish.', next: 'One sentence will do.' }),
  wish_too_long: ({ characters, charactersMax }) => ({ what: 'The wish is too long', why: `${characters} characters, at most ${charactersMax}.`, next: 'Make it shorter.' }),
  wishes_full: ({ wishesMax }) => ({ what: `At most ${wishesMax} wishes at a time`, why: 'Let the first ones come true.', next: 'Withdraw one, then write another.' }),
  wish_not_in_state: () => ({ what: 'This wish has moved on', why: 'Somebody has just dealt with it.', next: 'Go back and look.' }),
  consent_outdated: () => ({ what: 'The text has just changed', why: 'You read the older one.', next: 'Read the new one, then agree.' }),
  name_unusable: () => ({ what: 'The machine cannot take this name', why: 'It has signs that no name has.', next: 'Just the name, please.' }),
  registering_full: () => ({ what: 'No more registering here now', why: 'Too many wait for the network.', next: 'Come again, or ask a volunteer.' }),
}
