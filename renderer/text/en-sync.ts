// English words for staff: this station and central, undo, beginning anew; and for whoever sets a machine up.

import { elapsed } from './elapsed.ts'
import type { SyncCatalogue } from './catalogue-sync.ts'
import { enPoints } from './en-points.ts'

function duration(ms: number): string {
  const { number, unit } = elapsed(ms)
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

export const enSync: SyncCatalogue = {
  ago: (ms) => (ms < 60_000 ? 'just now' : `${duration(ms)} ago`),
  duration,
  points: enPoints,

  syncReport: {
    title: 'Station and central',
    allWell: 'All is well, nothing to do.',
    toDo: (things) => `${things} ${things === 1 ? 'thing' : 'things'} to look at`,
    alarm: {
      client_too_old: { what: 'This program is too old for central', next: 'Update it. All that is recorded stays.' },
      server_too_old: { what: 'Central is older than this station', next: 'Ask central to update. We go on.' },
      central_unknown: { what: 'That server could not prove it is central', next: 'It got nothing. Check the address, ask central.' },
      central_restored: { what: 'Central was restored from a backup', next: 'We send again by ourselves. Nothing to do.' },
      central_recovering: { what: 'Central is recovering and lends no points', next: 'Use what is here; others must report first.' },
      outbox_old: { what: 'Records older than a day are not sent', next: 'Check cable and router. Do not switch off.' },
      clock_off: { what: "This machine's clock is wrong", next: 'Connect it to set the clock. Points are safe.' },
      too_many_files: { what: 'Too many new files of this station wait', next: 'Ask central to admit one or write some off.' },
      superseded: { what: 'A newer machine runs this station', next: 'Use up what is here, then switch this off.' },
    },
    parked: (parked) => ({ what: `${parked} parked by central`, next: 'Tell central. Nothing to do here.' }),
    stranded: (points) => ({ what: `While offline, up to ${points} points are stuck here`, next: 'They come back with the network.' }),
    cloned: (points) => ({ what: `A copied disk could spend ${points} points twice`, next: 'The programme bears that, not riders.' }),
    fact: {
      outbox: 'To be sent',
      contact: 'Last contact',
      hello: 'Last identified',
      clock: 'Clock',
      held: 'Points lying here',
      earning: 'To give offline',
      standing: 'Kept for each',
      topUp: 'Top-up at most',
      slice: 'Earning slice',
      beforeHello: 'Before contact',
    },
    outbox: (depth, ago) => (ago === null ? `${depth}` : `${depth}, oldest ${ago}`),
    outboxEmpty: 'None, all sent',
    never: 'Never yet',
    clock: (offsetMs, howLong) => (offsetMs === null ? 'Not known yet' : Math.abs(offsetMs) < 5_000 ? 'As central' : offsetMs > 0 ? `${howLong} fast` : `${howLong} slow`),
    held: (riders, points) => `${points} of ${riders} ${riders === 1 ? 'rider' : 'riders'}`,
    upTo: (points) => `${points} points`,
    eachRider: (points) => `${points} points`,
    beforeHello: (allowed) => (allowed ? 'Goods as usual' : 'No goods yet'),
    beginAnew: 'Begin anew',
  },

  redemptions: {
    title: 'Today',
    line: 'Given by mistake? It can be undone.',
    count: (redemptions) => `${redemptions} today, newest first`,
    andMore: (first, units) => `${first}, ${units} in all`,
    undo: 'Undo',
    undone: 'Undone',
    empty: 'Nothing given out today',
    emptyNext: 'What riders get will be here.',
    loading: 'Looking up today…',
    failed: 'Could not get it. Go back and try again.',
    sure: 'Undo this one?',
    willReturn: (points) => `${points} points go back, usable at once`,
    willShelve: 'Back on the shelf: ',
    willStay: 'The record stays, marked as undone',
    once: 'Only once, and it cannot be taken back.',
    confirm: 'Undo',
    keep: 'Keep it',
    asking: 'Undoing…',
    notNow: { what: 'Not now', why: 'This machine cannot record anything now.', next: 'Undo it once the machine is well again.' },
  },

  beginAnew: {
    title: 'Begin anew',
    why: ["These records do not match central's.", 'With new ones, goods can be given again.'],
    kept: 'All this is kept',
    keptLines: (unsent, points) => [
      'The old records, as they are, are put aside',
      unsent === 0 ? 'All that had to be sent is at central' : `${unsent} not sent yet: nothing changes before they are`,
      points === 0 ? 'No points lie on this machine' : `${points} points here go back once checked`,
    ],
    after: 'What you do next',
    afterLines: ['Count the shelf; what is not counted is not given', 'Tell central that this machine began anew'],
    go: 'Go on',
    sure: 'Really begin anew?',
    sureLine: 'The whole shelf must be counted again.',
    confirm: 'Begin anew',
    keep: 'Not now',
    notAllTold: (unsent) => ({ what: 'Not yet', why: unsent === 0 ? 'Some records are not at central yet.' : `${unsent} records are not at central yet.`, next: 'Connect the network, then begin anew.' }),
    beginning: {
      asking: { title: 'Beginning anew', line: 'Do not switch off. Just a moment.' },
      line_broken: { title: 'The machine restarts', line: 'It will be back. Do not switch off.' },
      finding: { title: 'Back again, checking', line: 'Looking whether it is done.' },
    },
    begun: { title: 'Done', line: 'The old records are put aside, not deleted.', next: 'Scan your staff code and count the shelf.' },
  },

  setUp: {
    title: 'Enter the enrolment code',
    line: '12 signs from central, valid for 10 minutes.',
    scan: 'A QR code? Just scan it.',
    address: "Enter central's address",
    addressLine: 'It is written next to the code.',
    typed: (signs) => `${signs} of 12 signs typed`,
    keys: 'Keyboard',
    join: 'Join',
    next: 'Next',
    moreKeys: 'More',
    compare: { title: 'Compare, then join', line: 'The page with the code shows these 16 signs. All must agree.', spoken: (keyPrint) => `Central's print ${keyPrint}`, same: 'Same: join', other: 'Different' },
    joining: { title: 'Joining', line: 'Talking to central. Keep power and network.' },
    joined: { title: 'Joined', line: "Fetching the station's data. Ready soon." },
    problem: {
      code_unknown: { what: 'Central does not have this code', next: 'Compare sign by sign. 0 and 1 are digits.' },
      code_expired: { what: 'The code is too old', next: 'Codes live 10 minutes. Ask for a new one.' },
      code_used: { what: 'The code was used already', next: 'One code, one use. Ask for a new one.' },
      too_many_tries: { what: 'Too many tries', next: 'Wait 10 minutes, then ask for a new one.' },
      no_answer: { what: 'Central does not answer', next: 'Check cable and address, then join again.' },
      not_a_central: { what: 'That address is not our central', next: 'Type the address from the office again.' },
      other_central: { what: 'Another central answers', next: 'Do not join. The office checks the network.' },
    },
    notACode: 'Not an enrolment code. Scan the one from central.',
  },

  troubleForStaff: {
    disk_full: 'Free disk space, or ask central to help.',
    storage_failing: 'Get a new disk, keep the old one, call central.',
    outbox_full: 'Connect the network; it heals by itself.',
    quarantined: 'A twin uses this identity: stop it, then begin anew.',
    behind: 'The disk is old: connect; if that fails, begin anew.',
    banned: 'Central put it out of use: give out nothing, call.',
    waiting_for_staff: 'Second new file in 30 days: central must admit it.',
    hello_needed: 'The rules ask for central first: connect it.',
    too_many_files: 'Ask central to admit a new file or write some off.',
    not_set_up: 'Ask central for a code, enter it on this screen.',
    database_newer: 'Update the program. Leave the data files.',
  },
}
