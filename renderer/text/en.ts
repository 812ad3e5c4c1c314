// English, plain and short, line by line after the Chinese.

import { civilOfDay } from '../../domain/calendar.ts'
import type { Catalogue } from './catalogue.ts'
import { enNotices, enRefusals } from './en-refusals.ts'
import { enScans } from './en-scans.ts'
import { enRegister } from './en-register.ts'
import { enSync } from './en-sync.ts'
import { enVisit } from './en-visit.ts'
import { civilDateAt, minutesAndSeconds, timeOfDay } from './wall-time.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const inPeriod = { day: 'today', week: 'this week', month: 'this month', halfyear: 'this half-year' } as const
const perPeriod = { day: 'a day', week: 'a week', month: 'a month', halfyear: 'a half-year' } as const
const hello = { night: 'Hello, night rider', morning: 'Good morning', noon: 'Hello', afternoon: 'Good afternoon', evening: 'Good evening' } as const

export const en: Catalogue = {
  ...enSync,
  ...enVisit,
  ...enRegister,
  direction: 'ltr',
  htmlLang: 'en',
  of: (words) => words.en,
  time: timeOfDay,
  date: (wallMs, utcOffsetMinutes) => {
    const { year, month, dayOfMonth } = civilDateAt(wallMs, utcOffsetMinutes)
    return `${dayOfMonth} ${months[month - 1] ?? ''} ${year}`
  },
  day: (day) => {
    const { year, month, dayOfMonth } = civilOfDay(day)
    return `${dayOfMonth} ${months[month - 1] ?? ''} ${year}`
  },
  countdown: minutesAndSeconds,

  parts: {
    back: 'Back',
    finish: 'Finish',
    close: 'OK',
    lowReach: 'Lower',
    lowReachOff: 'Higher',
    slow: 'More time',
    slowOff: 'Usual time',
    language: '中 / EN',
    previousPage: 'Prev',
    nextPage: 'Next',
    page: (page, pages) => `Page ${page} of ${pages}`,
    more: 'One more',
    fewer: 'One fewer',
    remove: 'Remove',
    delete: 'Delete',
    done: 'Done',
    cancel: 'Cancel',
    pointsUnit: 'pts',
    points: (points) => `${points} pts`,
    network: { online: 'Online', offline: 'Offline, all still works', reconnecting: 'Reconnecting' },
    closesIn: (seconds) => `Closes by itself in ${seconds} s`,
    station: 'Station',
    product: "Bo'ai Station",
  },

  starting: { title: 'Nearly ready', line: 'The machine is starting. Sit down and rest.' },

  attract: {
    title: ['Take a break,', 'have some water,', 'just scan.'],
    free: ['Rest, water and charging never cost points.', 'Open 24 hours.'],
    scan: 'Hold your rider code to the scanner',
    scanHint: 'Card or phone, both work.',
    scanner: { ready: null, lost: 'The scanner is not connected, ask a volunteer' },
    offers: 'Yours to use here',
    facility: {
      seats: 'Seats',
      water: 'Water',
      microwave: 'Microwave',
      charging: 'Phone charging',
      battery_swap: 'Battery swap',
      first_aid_box: 'First-aid box',
      umbrellas: 'Umbrellas',
      medicines: 'Basic medicine',
      wifi: 'Wi-Fi',
      books: 'Books',
    },
    goods: (kinds) => `${kinds} ${kinds === 1 ? 'thing' : 'things'} to get for points`,
    goodsHint: 'Scan to see your points.',
    trainings: 'Trainings, free of charge',
    wishes: 'On the wall of wishes',
    earn: 'How to earn points',
    earnWays: ['Help a neighbour', 'Join a training', 'Report a hazard'],
    call: (hotline) => `Call us: ${hotline}`,
  },

  greeting: {
    hello: (maskedName, part) => `${hello[part]}, ${maskedName}`,
    welcome: (part) => `${hello[part]}, welcome!`,
    checkedIn: (visitToday, time) => `Visit ${visitToday} today, checked in ${time}`,
    firstToday: 'First time today. Have some water first.',
    unknown: 'This machine does not know you yet. Rest first.',
    unknownFetching: 'Asking central about you, one moment.',
    unknownOffline: 'Offline now. It will know you once online.',
    suspended: 'Your points are on hold. Resting is fine.',
    suspendedNext: 'Ask the station head why.',
    pointsLabel: 'points',
    hideHint: 'Touch to hide',
    showHint: 'Touch to see points',
    hidden: '***',
    offline: 'Offline: points as of the last connection.',
    showShelf: 'Get goods',
    onShelf: (kinds) => (kinds === 0 ? 'The shelf is empty just now' : `${kinds} ${kinds === 1 ? 'thing' : 'things'} on the shelf`),
    firstGoods: 'Touch to choose',
    myPoints: 'My points',
    myPointsHint: 'Every entry and why',
    register: 'Register',
    trainings: 'Trainings',
    wishes: 'Wishes',
  },

  shelf: {
    title: 'Choose',
    spendable: (points) => `${points} points to use now`,
    spendableHidden: 'Points hidden',
    all: (kinds) => `All ${kinds}`,
    category: { road: 'Road', home: 'Home', food: 'Food', care: 'Care' },
    empty: { what: 'The shelf is empty', why: 'All is gone and not restocked yet.', next: 'Come back after a restock.' },
    emptyCategory: 'None of these now. Try another kind.',
    left: (units) => `${units} left`,
    oneLeft: 'Last one',
    inCart: (units) => `${units} chosen`,
    soldOut: 'All gone',
    short: (missing) => (missing === null ? 'Not enough points' : `${missing} more points`),
    shortWithCart: (missing) => (missing === null ? 'Too much with the rest' : `${missing} more with the rest`),
    partElsewhere: (here) => (here === null ? 'Enough, but not all here' : `Enough, but ${here} here now`),
    limitReached: (period) => `Had yours ${inPeriod[period]}`,
    limit: (units, period) => `${units} ${perPeriod[period]}`,
    unknownRider: 'When known',
    suspended: 'On hold',
    stopped: 'Not now',
    howToEarn: 'Helping, training and reporting earn points.',
    cartEmpty: 'Touch a thing to put it here',
    cartLine: (name, quantity) => `${name} × ${quantity}`,
    cartMore: (units) => `and more, ${units} in all`,
    total: (points) => `${points} pts`,
    leftAfter: (points) => `${points} left after`,
    toConfirm: 'Confirm',
  },

  confirm: {
    title: 'These, right?',
    line: 'Points are taken when you touch “Get them”.',
    total: 'Total',
    leftAfter: (points) => `${points} points left after`,
    units: (units) => `${units}`,
    redeem: 'Get them',
    empty: 'Nothing chosen yet',
    emptyNext: 'Go back and choose.',
  },

  committing: {
    asking: { title: 'Writing it down', line: 'Wait before taking anything.' },
    line_broken: { title: 'The line broke', line: 'Connecting again. Please stay.' },
    finding: { title: 'Back again, checking', line: 'Looking whether it was recorded.' },
  },

  done: {
    title: 'Done!',
    take: 'Take from the shelf',
    units: (units) => `${units}`,
    receipt: 'Receipt',
    receiptHint: 'Tell a volunteer this code if in doubt.',
    pointsLeft: (points) => `${points} points left`,
    next: 'The next rider can scan now.',
  },

  refused: { title: 'Not done, no points taken', backToShelf: 'Choose again', words: enRefusals },

  unfinished: {
    redemption_not_recorded: { what: 'It was not done', why: 'The line broke. No points were taken.', next: 'Put the goods back and scan again.' },
    redemption_unsure: { what: 'Not sure it was done', why: 'The line was gone too long.', next: 'Scan and look at “My points”.' },
    begin_anew_not_done: { what: 'It did not begin anew', why: 'The old records are in use, nothing is lost.', next: 'Scan your staff code and try again, or call.' },
    restock_unsure: { what: 'Not sure it was recorded', why: 'The line broke before the answer.', next: 'Look at the stock before doing it again.' },
  },

  myPoints: {
    title: 'My points',
    balance: (points) => `${points} in all`,
    balanceHidden: 'Hidden, touch to see',
    total: (entries) => `${entries} ${entries === 1 ? 'entry' : 'entries'}`,
    reason: { redemption: 'Goods', service: 'Volunteering', training: 'Training', report: 'Hazard report', correction: 'Correction', opening: 'From before', undone: 'Undone' },
    line: (name, quantity) => `${name}\u00a0×\u00a0${quantity}`,
    signed: (points) => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'),
    waiting: 'To be sent',
    waitingHint: 'Recorded on this machine, sent once online.',
    correctionHint: 'A correction is a new entry. The old one stays.',
    atCentral: 'Central',
    empty: 'No entries yet',
    emptyNext: 'Helping, training and reporting earn points.',
    loading: 'Looking up your entries…',
    failed: 'Could not get them. Go back and try again.',
    unknown: 'Once we know you, every entry is here.',
  },

  notUnderstood: { title: 'This code does not work here', forStaff: 'For volunteers', ...enScans },

  staffPin: {
    hello: (maskedName) => `Hello, ${maskedName}`,
    title: 'Enter your 6-digit PIN',
    line: 'Cover the screen with your hand.',
    typed: (digits) => `${digits} typed`,
    checking: 'Checking…',
    wrong: (triesLeft) => `Wrong PIN, ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left`,
    locked: (countdown) => `Too many tries. Again in ${countdown}`,
    lockedNext: 'Forgot it? Ask the station head or central.',
  },

  staffHome: {
    hello: (maskedName, role) => `Hello ${role === 'station_head' ? 'station head' : 'volunteer'} ${maskedName}`,
    restock: 'Restock',
    restockHint: 'Scan goods, one by one',
    counted: (lines) => `${lines} ${lines === 1 ? 'line' : 'lines'} not confirmed`,
    outbox: (depth) => `${depth} to send, goes by itself`,
    outboxEmpty: 'All sent',
    parked: (parked) => `${parked} parked by central, tell the station head`,
    runningOut: 'Running out, restock these first',
    redemptionsHint: 'Undo a mistake',
    syncHint: (standing) => (standing.kind === 'to_do' ? `${standing.things} to look at` : standing.kind === 'offline' ? 'Offline, trying' : 'All is well'),
  },

  restock: {
    title: 'Restock',
    line: 'Each scan adds one; a carton code adds the carton.',
    empty: 'Nothing scanned yet',
    emptyNext: 'Hold a goods code to the scanner.',
    quantity: 'Quantity',
    units: (units) => `${units}`,
    expiry: 'Good until',
    expiryUnset: 'No date chosen yet',
    expiryNone: 'Does not expire',
    expiryOn: (day) => `until ${day}`,
    expired: 'Past its date',
    months: (months) => `${months} mo`,
    typeDate: 'Type a date',
    dateHint: 'Eight digits, like 20270131',
    dateWrong: 'No such day. Look at the pack again.',
    quantityHint: 'Type the units',
    donor: 'Given by',
    donorNone: 'Bought or not known',
    addLot: 'Same item, other lot',
    total: (units, lines) => `${units} units, ${lines} ${lines === 1 ? 'line' : 'lines'}`,
    commit: 'Put on the shelf',
    needsExpiry: (lines) => `${lines} ${lines === 1 ? 'line needs' : 'lines need'} a date`,
    linesExpired: (lines) => `${lines} ${lines === 1 ? 'line is' : 'lines are'} past the date`,
  },

  restockCommitting: {
    asking: { title: 'Writing it down', line: 'Just a moment.' },
    line_broken: { title: 'The line broke', line: 'Connecting again. Please stay.' },
    finding: { title: 'Back again, checking', line: 'The same lot is not recorded twice.' },
  },

  restockDone: {
    title: 'On the shelf!',
    line: (units, lines) => `${units} ${units === 1 ? 'unit' : 'units'} in ${lines} ${lines === 1 ? 'lot' : 'lots'}`,
    next: 'More to restock? Scan your staff code again.',
  },

  outOfOrder: {
    gone: { what: 'Connecting again', why: 'The screen lost its machine, mostly for seconds.', next: 'Sit down, have some water. It costs no points.' },
    trouble: {
      disk_full: { what: 'No goods for now', why: 'The machine is full and cannot record.', next: 'Rest as always. Come back later for goods.' },
      storage_failing: { what: 'No goods for now', why: "The machine's storage is failing.", next: 'Rest as always. Please call us.' },
      outbox_full: { what: 'No goods for now', why: 'Offline too long, too much waits to be sent.', next: 'Rest as always. Goods again once online.' },
      quarantined: { what: 'No goods for now', why: "This machine's records must be checked.", next: 'Rest as always. Please call us.' },
      behind: { what: 'No goods for now', why: "This machine's records are not the newest.", next: 'Rest as always. Please call us.' },
      banned: { what: 'No goods here any more', why: 'Central has put this machine out of use.', next: 'Rest as always. Other stations have goods.' },
      waiting_for_staff: { what: 'No goods for now', why: 'It waits for a yes from central staff.', next: 'Rest as always. Come back a little later.' },
      hello_needed: { what: 'Goods in a moment', why: 'Just started, it checks with central first.', next: 'Rest as always. Goods once it is online.' },
      too_many_files: { what: 'Not in use yet', why: 'Too many new files wait at central.', next: 'Rest as always. The station head can call central.' },
      not_set_up: { what: 'Not set up yet', why: 'It does not belong to a station yet.', next: 'Rest as always. The station head can set it up.' },
      database_newer: { what: 'No goods for now', why: 'The program is too old and needs an update.', next: 'Rest as always. Please call us.' },
    },
    works: 'Works',
    stopped: 'Paused',
    work: { rest: 'Rest, water, charging', checkin: 'Check-in', redemption: 'Goods for points' },
    call: (hotline) => `Please call: ${hotline}`,
    callNobody: 'Please tell a volunteer or the station head.',
  },

  replaced: { title: 'Moved to another screen', line: 'Only one screen is used at a time.', takeOver: 'Use it here' },

  knock: {
    title: 'Someone else scanned',
    line: { rider: 'End this one and let the next in?', staff: 'End this one and let staff in?' },
    letIn: 'End, next please',
    keep: 'Not finished',
    registering: { unsent: 'A form is half filled. Letting the next in drops it.', pass: 'A new code is here to be photographed.' },
  },

  idle: { title: 'Still there?', line: 'If not, this will be cleared.', seconds: (seconds) => `${seconds} s`, stay: 'Yes, go on' },

  notices: enNotices,

  demo: {
    mark: 'Demo',
    title: 'Demo: touch one as if you scanned it',
    line: 'A real machine has no such drawer.',
    loading: "Getting the demo's codes…",
    kind: { rider: 'Riders', staff: 'Staff', item: 'Goods', bad: 'Codes that fail' },
    open: 'Open the demo drawer',
    close: 'Close',
  },
}
