import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EVENT_BODIES, type EventBody, type EventName } from '../../../contract/sync/event-bodies.ts'
import { encodeHeader, EVENT_BYTES_MAX } from '../../../contract/sync/event-envelope.ts'
import { receiptCode } from '../../../domain/receipt-code.ts'
import { placesOf, withFieldAdded, withPlace } from '../changed-places.ts'
import { type SchemaNode, schemaNodes, wireFingerprint } from '../schema-nodes.ts'

const RIDER = '019ca749-db6c-74d9-8788-369c8ff44912'
const NAMES = Object.keys(EVENT_BODIES) as EventName[]

const EXAMPLES: { [Name in EventName]: EventBody<Name> } = {
  'checkin.recorded/1': { rider: RIDER, card: 2, known: true },
  'checkin.counted/1': { day: 20_000, count: 31 },
  'scan.refused/1': { verdict: 'expired', count: 1, holder: RIDER, card: 2 },
  'staff.signed_in/1': { staff: RIDER },
  'redemption.recorded/1': {
    request: RIDER, rider: RIDER, points: 40, receipt: '1-00003-7', lines: [{ item: 'soap-two-bars', quantity: 2, points: 40, lots: [[1, 1], [2, 1]] }],
  },
  'restock.recorded/1': { request: RIDER, staff: RIDER, lines: [{ item: 'rice-5kg', lot: 7, quantity: 12, expiryDay: 21_000, donor: RIDER }] },
  'allowance.received/1': { grant: RIDER, rider: RIDER, points: 50 },
  'allowance.returned/1': { rider: RIDER, points: 30, reason: 'recall' },
  'earning_slice.received/1': { grant: RIDER, points: 500 },
  'points.earned/1': { request: RIDER, rider: RIDER, points: 20, service: 'volunteer-hour', staff: RIDER, inSlice: true },
  'redemption.undone/1': { request: RIDER, redemption: RIDER, rider: RIDER, points: 40, staff: RIDER },
  'wish.posted/1': { request: RIDER, wish: RIDER, rider: RIDER, category: 'small_trouble', shown: 'anonymous', reach: 'staff_phone', words: { ref: RIDER, commitment: 'a'.repeat(64) } },
  'wish.edited/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 2, words: { ref: RIDER, commitment: 'a'.repeat(64) } },
  'wish.withdrawn/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 2 },
  'wish.confirmed/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 2, reached: false },
  'wish.fulfilled/1': { request: RIDER, wish: RIDER, staff: RIDER, claim: 2 },
  'rider.registered/1': {
    request: RIDER, rider: RIDER, consentVersion: 1, platform: 'meituan', redCross: 'volunteer', volunteerTeam: true, words: { ref: RIDER, commitment: 'ab'.repeat(32) },
  },
  'seat_block.received/1': { block: RIDER, training: RIDER, seats: [1, 2] },
  'seat_block.returned/1': { training: RIDER, seats: [2], reason: 'recall' },
  'signup.seated/1': { request: RIDER, training: RIDER, rider: RIDER, seat: 1, revision: 1 },
  'signup.requested/1': { request: RIDER, training: RIDER, rider: RIDER, revision: 1 },
  'signup.cancelled/1': { request: RIDER, signup: RIDER, training: RIDER, rider: RIDER },
  'signup.offer_answered/1': { request: RIDER, signup: RIDER, training: RIDER, rider: RIDER, accept: true },
  'signup.acknowledged/1': { training: RIDER, rider: RIDER, revision: 2 },
  'attendance.recorded/1': { request: RIDER, training: RIDER, rider: RIDER, staff: RIDER, walkIn: false, late: true, points: 10, inSlice: true, certificate: RIDER, revision: 1 },
}

const isTaken = (name: EventName, body: unknown): boolean => EVENT_BODIES[name].safeParse(body).success

test('each example is a body of its event', () => {
  expect(NAMES.filter((name) => !isTaken(name, EXAMPLES[name]))).toEqual([])
})

test('no body takes a name, a phone, a free text or any other field that is not in its schema, at any depth', () => {
  const added = ['name', 'phone', 'note', 'remark', 'text', 'maskedName', 'pin', 'constructor', 'toString']
  for (const name of NAMES) {
    const bodies = added.flatMap((field) => withFieldAdded(EXAMPLES[name], field, '张伟强 13912345678'))
    expect(bodies.filter((body) => isTaken(name, body))).toEqual([])
  }
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.string({ minLength: 1, maxLength: 12 }), fc.anything(), (name, field, value) => {
      const isOwnField = placesOf(EXAMPLES[name]).some(({ path }) => path.at(-1) === field)
      const bodies = isOwnField || field === '__proto__' ? [] : withFieldAdded(EXAMPLES[name], field, value)
      expect(bodies.filter((body) => isTaken(name, body))).toEqual([])
    }),
  )
})

// A place for an item takes digits, because a catalogue may number its goods: the station writes only ids of its catalogue.
test('no place in any body holds a name or a sentence, and none but an item’s a phone number', () => {
  const personal = ['张伟强', '张*', '+86 139 1234 5678', 'John Smith', '请帮我留一份', '']
  for (const name of NAMES) {
    const bodies = placesOf(EXAMPLES[name]).flatMap(({ path }) =>
      [...personal, ...(path.at(-1) === 'item' ? [] : ['13912345678'])].map((text) => withPlace(EXAMPLES[name], path, text)),
    )
    expect(bodies.filter((body) => isTaken(name, body))).toEqual([])
  }
})

test('every string of every body has a pattern or a closed list, and every object is closed', () => {
  const isBound = ({ schema }: SchemaNode): boolean =>
    'enum' in schema || 'const' in schema || typeof schema['pattern'] === 'string'
    || (Array.isArray(schema['allOf']) && schema['allOf'].every((part: unknown) => typeof part === 'object' && part !== null && 'pattern' in part))
  const loose = NAMES.flatMap((name) =>
    schemaNodes(EVENT_BODIES[name])
      .filter((node) => (node.schema['type'] === 'string' && !isBound(node)) || (node.schema['type'] === 'object' && node.schema['additionalProperties'] !== false))
      .map(({ path }) => `${name}${path}`),
  )
  expect(loose).toEqual([])
})

test('every number is a whole one with both limits, and every list has a longest', () => {
  const loose = NAMES.flatMap((name) =>
    schemaNodes(EVENT_BODIES[name])
      .filter(({ schema }) => {
        if (schema['type'] === 'number') return true
        if (schema['type'] === 'integer') return typeof schema['minimum'] !== 'number' || typeof schema['maximum'] !== 'number'
        return schema['type'] === 'array' && typeof schema['maxItems'] !== 'number'
      })
      .map(({ path }) => `${name}${path}`),
  )
  expect(loose).toEqual([])
})

test('an id has one spelling: in capitals it is refused', () => {
  const capitals = RIDER.toUpperCase()
  for (const name of NAMES) {
    const bodies = placesOf(EXAMPLES[name]).filter(({ value }) => value === RIDER).map(({ path }) => withPlace(EXAMPLES[name], path, capitals))
    expect(bodies.filter((body) => isTaken(name, body))).toEqual([])
  }
})

test('every receipt code that a station makes fits its place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (station, seq) => {
      expect(isTaken('redemption.recorded/1', { ...EXAMPLES['redemption.recorded/1'], receipt: receiptCode(station, seq) })).toBe(true)
    }),
  )
})

test('the largest body of each event fits one event', () => {
  const max = Number.MAX_SAFE_INTEGER
  const item = 'a'.repeat(64)
  const largest: { [Name in EventName]: EventBody<Name> } = {
    'checkin.recorded/1': { rider: RIDER, card: 0xffff, known: false },
    'checkin.counted/1': { day: 200_000, count: 1_000_000 },
    'scan.refused/1': { verdict: 'unknown_key', count: max, holder: RIDER, card: 0xffff },
    'staff.signed_in/1': { staff: RIDER },
    // A cart holds at most a hundred units (rules, cartUnitsMax), so no more than a hundred lots give them.
    'redemption.recorded/1': {
      request: RIDER, rider: RIDER, points: 1_000_000, receipt: receiptCode(9_999_999_999, max),
      lines: Array.from({ length: 50 }, () => ({ item, quantity: 100_000, points: 1_000_000, lots: [[max, 100_000], [max, 100_000]] })),
    },
    'restock.recorded/1': {
      request: RIDER, staff: RIDER, lines: Array.from({ length: 100 }, () => ({ item, lot: max, quantity: 100_000, expiryDay: 200_000, donor: RIDER })),
    },
    'allowance.received/1': { grant: RIDER, rider: RIDER, points: 1_000_000 },
    'allowance.returned/1': { rider: RIDER, points: 1_000_000, reason: 'visit_over' },
    'earning_slice.received/1': { grant: RIDER, points: 1_000_000 },
    'points.earned/1': { request: RIDER, rider: RIDER, points: 1_000_000, service: item, staff: RIDER, inSlice: false },
    'redemption.undone/1': { request: RIDER, redemption: RIDER, rider: RIDER, points: 1_000_000, staff: RIDER },
    'wish.posted/1': { request: RIDER, wish: RIDER, rider: RIDER, category: 'small_trouble', shown: 'anonymous', reach: 'staff_phone', words: { ref: RIDER, commitment: 'a'.repeat(64) } },
    'wish.edited/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 1_000_000_000, words: { ref: RIDER, commitment: 'a'.repeat(64) } },
    'wish.withdrawn/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 1_000_000_000 },
    'wish.confirmed/1': { request: RIDER, wish: RIDER, rider: RIDER, claim: 1_000_000_000, reached: false },
    'wish.fulfilled/1': { request: RIDER, wish: RIDER, staff: RIDER, claim: 1_000_000_000 },
    'rider.registered/1': {
      request: RIDER, rider: RIDER, consentVersion: 1_000_000, platform: 'shansong', redCross: 'volunteer', volunteerTeam: false, words: { ref: RIDER, commitment: 'ab'.repeat(32) },
    },
    'seat_block.received/1': { block: RIDER, training: RIDER, seats: Array.from({ length: 200 }, () => 10_000) },
    'seat_block.returned/1': { training: RIDER, seats: Array.from({ length: 200 }, () => 10_000), reason: 'cancelled' },
    'signup.seated/1': { request: RIDER, training: RIDER, rider: RIDER, seat: 10_000, revision: 1_000_000 },
    'signup.requested/1': { request: RIDER, training: RIDER, rider: RIDER, revision: 1_000_000 },
    'signup.cancelled/1': { request: RIDER, signup: RIDER, training: RIDER, rider: RIDER },
    'signup.offer_answered/1': { request: RIDER, signup: RIDER, training: RIDER, rider: RIDER, accept: false },
    'signup.acknowledged/1': { training: RIDER, rider: RIDER, revision: 1_000_000 },
    'attendance.recorded/1': {
      request: RIDER, training: RIDER, rider: RIDER, staff: RIDER, walkIn: false, late: false, points: 1_000_000, inSlice: false, certificate: RIDER, revision: 1_000_000,
    },
  }
  const header = encodeHeader({ seq: max, id: RIDER, kind: `${'a'.repeat(31)}.${'b'.repeat(32)}`, version: 1000, wallMs: max, monotonicMs: max, boot: max })
  expect(NAMES.map((name) => ({
    name,
    taken: isTaken(name, largest[name]),
    fits: header.length + JSON.stringify(largest[name]).length + 2 <= EVENT_BYTES_MAX,
  }))).toEqual(NAMES.map((name) => ({ name, taken: true, fits: true })))
})

test('a body’s schema is the one its version was published with', () => {
  const sums = Object.fromEntries(NAMES.map((name) => [name, wireFingerprint({ body: EVENT_BODIES[name] })]))
  expect(
    sums,
    'The body of an event has changed. Events are for ever, and central parks what it cannot read. A changed meaning, a field less '
      + 'or a narrower one: undo, and add a new version beside the old one (“kind/2”). A new optional field: pin the new sum here, '
      + 'and see that central is updated before the stations.',
  ).toEqual({
    'checkin.counted/1': 'b8bacd401854d25b31a8861a8ec33264b31bb46e3d51feb5e8bb4dc3df056e0c',
    'checkin.recorded/1': '337de0506922a7ab3927a3ee14ca3816db4be51d5ef508307e8da71a4fb1ab5f',
    'scan.refused/1': '5c1c23356cc3b78f9b76c97cf6b3404ab5506d69c040d62f8b23f10a54618157',
    'staff.signed_in/1': 'eda0240417347139bcbb560d42b1feb9f17f128579453841727856d3a4977c6f',
    'redemption.recorded/1': 'e629deb523a8a613968e0990bb5a1acae93446a4fafe58625796996e40eb6d7b',
    'restock.recorded/1': 'be1dbbdfc3bec249812e15bf8d5cb556f41fd7c85161f377265e652ff216b768',
    'allowance.received/1': 'ab9d79154985712f2e33d0d2d46c681793569289f28e595c8b2b3aca01c4c7bf',
    'allowance.returned/1': '40f970e5c5836d26c2fa5aea76e19912c163ea0f1c15249186f9eaa338cf81e0',
    'earning_slice.received/1': 'e5438fa977cdc6e4d23c76b0519978354e5a3f73cd372e4b06e90cbca2364a12',
    'points.earned/1': '3d3b9fba89ee26ff2066bc2a2a1314bdfa49066575b352bca07cd243414219f3',
    'redemption.undone/1': '56b435c95760a5b858937eeb22a7c0e3b528dee1ce23f0b33c908602800f8624',
    'wish.confirmed/1': 'e0a8abeabf976e90d663b289236384147de0d99fcf8d7c97c2da42e40043e6ed',
    'wish.edited/1': '40ec27c1dca9dd87bca33c9ca88ba338208bdd02d0c2103c2212d21b4db73e2d',
    'wish.fulfilled/1': '373d6c1a19c23160d02fea0e5e6da3f2de30dc717e23995f407003e8f96c43e0',
    'wish.posted/1': 'a828f0e9206416c845119d627d2eab2bee5dd28711697df88140e686c6742a65',
    'wish.withdrawn/1': 'f80a68cdda256c5b63f31d77b14efcc4ae34947c26f60bbfc9274c5555f5e3df',
    'rider.registered/1': 'ea2429d4d944672d3cbde0fac2068a150a1a9ca72fc7b175a1471dd7e2c216d7',
    'attendance.recorded/1': '873f8fb1ee7b10021dc382b5fc19649aeea069d9b678545f032b9d13be43a7bf',
    'seat_block.received/1': 'ec738db9fc0e642b5b2f239219cae0cdb6a28f75cf5935ab8436a2a1b9c8bad8',
    'seat_block.returned/1': 'b7da96c2aa5e70e6847b4e583bce5396dabda03d5dad3d20ea32fb236d714a87',
    'signup.acknowledged/1': '66d7181b2316095ce292e88ab9cb33e34bd2cc3ac8324baf3485290b4684bb2f',
    'signup.cancelled/1': '6eb8b6041006a72d33059b2a609ec598f5bbd1d9dcaa467609e3615a0a11b4aa',
    'signup.offer_answered/1': 'af89dcffd353e9fa4ff8d4d97fb41143540a253aafe57fa94a02a7050e68e0a4',
    'signup.requested/1': '07d74d317864bbebcb5ac799213e36532845c28aaac13e5f9317f8dc3dae717d',
    'signup.seated/1': '88cd7c900c11ce1582c439df19086105d30901f64f7138cd8b61158fad756753',
  })
})
