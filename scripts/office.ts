// `npm run office -- ACT …`: what the operator does, at the same doors as the pages. Prints what central answered, as JSON.
//   --central URL      where central is (by default the demo's)
//   digits NAME        the six digits of one of the demo's people, now; asks no central; --data DIR as of `npm start`
//   --token-file FILE  the operator's token; or BOAI_OPERATOR_TOKEN; by default the demo's

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toString as toQrCode } from 'qrcode'
import { digitsNow } from '../central/console/six-digits.ts'
import { endWith, readCommandLine } from './command-line.ts'

const COMMAND = 'npm run office --'
const WRONG_USE = 2
const ANSWER_MS_MAX = 60_000
const USES: Readonly<Record<string, string>> = {
  'stations': '',
  'recovery': '',
  'late-facts': '',
  'office-account': '--district ID --role district_staff|station_head|volunteer|read_only --name NAME --sign-in-name NAME [--station ID]',
  'enrolment-code': '--station ID | --district ID --zh NAME --en NAME [--number N]',
  'revoke-station': '--station ID',
  'write-off': '--station ID --file ID --staff ID --staff ID --reason lost|stolen|broken|copied|other',
  'admit': '--station ID --file ID',
  'accept-fact': '--event ID',
  'restored': '',
  'backup-begins': '',
  'backed-up': '--through N',
}
const USAGE = `digits NAME; ${Object.entries(USES).map(([act, more]) => `${act} ${more}`.trim()).join('; ')}`

const { values, positionals } = readCommandLine(COMMAND, USAGE, {
  allowPositionals: true,
  options: {
    'central': { type: 'string', default: 'http://127.0.0.1:4811' },
    'token-file': { type: 'string', default: join(import.meta.dirname, '../.data/demo/central/operator-token') },
    'data': { type: 'string', default: join(import.meta.dirname, '../.data/demo') },
    'station': { type: 'string' },
    'district': { type: 'string' },
    'role': { type: 'string' },
    'name': { type: 'string' },
    'sign-in-name': { type: 'string' },
    'zh': { type: 'string' },
    'en': { type: 'string' },
    'number': { type: 'string' },
    'file': { type: 'string' },
    'staff': { type: 'string', multiple: true },
    'reason': { type: 'string' },
    'event': { type: 'string' },
    'through': { type: 'string' },
  },
})

function bodyOf(): Record<string, unknown> {
  const { station, district, role, zh, en, number, file, staff, reason, event, through } = values
  const given: Record<string, unknown> = {
    station, district, role, event, reason, staff,
    signInName: values['sign-in-name'],
    incarnation: file,
    name: values.name ?? (zh === undefined && en === undefined ? undefined : { zh: zh ?? '', en: en ?? '' }),
    number: number === undefined ? undefined : Number(number),
    through: through === undefined ? undefined : Number(through),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function readToken(): string {
  const given = process.env['BOAI_OPERATOR_TOKEN']
  if (given !== undefined) return given
  const file = values['token-file']
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : endWith(COMMAND, `there is no token at ${file}; --token-file says where it is`)
}

/** In the demo the authenticators lie beside the data, for its owner only. */
function sayDigits(signInName: string | undefined): void {
  const file = join(values.data, 'demo-codes.json')
  const { office } = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { office: [] }) as { office: { signInName: string; totpSecret: string }[] }
  const person = office.find((one) => one.signInName === signInName)
  if (person === undefined) endWith(COMMAND, `digits NAME; the demo has ${office.map((one) => one.signInName).join(', ') || 'nobody yet: npm start'}`, WRONG_USE)
  process.stdout.write(`${digitsNow(person.totpSecret, Date.now())}\n`)
}

const [act, ...rest] = positionals
if (act === 'digits') {
  sayDigits(rest[0])
  process.exit(0)
}
if (act === undefined || rest.length > 0 || !Object.hasOwn(USES, act)) endWith(COMMAND, `there is: ${USAGE}`, WRONG_USE)
const response = await fetch(new URL(`/operator/v1/${act}`, values.central), {
  method: 'POST',
  headers: { authorization: `Bearer ${readToken()}` },
  body: JSON.stringify(bodyOf()),
  signal: AbortSignal.timeout(ANSWER_MS_MAX),
}).catch(() => endWith(COMMAND, `central does not answer at ${values.central}`))
const answer = (await response.json()) as { ok: boolean; error?: string; answer?: Record<string, unknown> }
if (!answer.ok) endWith(COMMAND, `${act}: ${answer.error ?? `status ${response.status}`}`)
process.stdout.write(`${JSON.stringify(answer.answer, null, 2)}\n`)
const link = answer.answer?.['link']
if (typeof link === 'string' && act !== 'office-account' && process.stdout.isTTY) process.stdout.write(await toQrCode(link, { type: 'terminal', small: true }))
